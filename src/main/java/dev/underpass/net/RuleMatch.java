package dev.underpass.net;

import org.jspecify.annotations.Nullable;

/// Whether a rule takes a packet, in the manner of `fib_rule_match`.
final class RuleMatch {

    private static final DeviceName LOOPBACK = new DeviceName("lo");

    private RuleMatch() {}

    static boolean matches(PolicyRule.Selector selector, Flow flow, PolicyRule rule) {
        boolean all = device(selector.incoming(), incoming(flow))
                && device(selector.outgoing(), flow.outgoing())
                && ((selector.mark() ^ flow.mark()) & selector.markMask()) == 0
                && !selector.l3mdev()
                && prefix(selector.from(), flow.source())
                && prefix(selector.to(), flow.destination())
                && (selector.typeOfService() == 0 || selector.typeOfService() == flow.typeOfService())
                && (selector.protocol() == null || selector.protocol() == flow.protocol())
                && range(selector.sourcePorts(), flow.sourcePort())
                && range(selector.destinationPorts(), flow.destinationPort());
        if (all && selector.uids() != null) {
            all = selector.uids().contains(uid(flow, rule));
        }
        return all != selector.inverted();
    }

    /// Packets of the namespace's own sockets come in by `lo` to the rules.
    private static DeviceName incoming(Flow flow) {
        return flow.incoming() == null ? LOOPBACK : flow.incoming();
    }

    private static long uid(Flow flow, PolicyRule rule) {
        if (flow.uid() == null) {
            throw new NotObservedException(Phrases.SOCKET_USER.with(rule));
        }
        return flow.uid();
    }

    private static boolean device(@Nullable DeviceName wanted, @Nullable DeviceName actual) {
        return wanted == null || wanted.equals(actual);
    }

    private static boolean prefix(@Nullable IpPrefix wanted, @Nullable IpAddress actual) {
        return wanted == null || wanted.length() == 0 || (actual != null && wanted.contains(actual));
    }

    private static boolean range(PolicyRule.@Nullable Range wanted, int actual) {
        return wanted == null || wanted.contains(actual);
    }
}
