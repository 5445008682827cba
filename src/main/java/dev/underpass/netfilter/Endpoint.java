package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;

/// An address with a port: one end of a connection.
record Endpoint(IpAddress address, int port) {

    /// The end of a flow that a translation of this kind replaces.
    static Endpoint of(Flow flow, Manip manip) {
        return manip == Manip.SOURCE
                ? new Endpoint(flow.source(), flow.sourcePort())
                : new Endpoint(flow.destination(), flow.destinationPort());
    }

    /// The flow with this end in place of its own.
    Flow in(Flow flow, Manip manip) {
        return manip == Manip.SOURCE ? flow.withSource(address, port) : flow.withDestination(address, port);
    }

    Endpoint withPort(int newPort) {
        return new Endpoint(address, newPort);
    }

    @Override
    public String toString() {
        return address.withPort(port);
    }
}
