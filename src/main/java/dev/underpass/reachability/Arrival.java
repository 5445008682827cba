package dev.underpass.reachability;

import dev.underpass.net.Packet;

/// A packet that was delivered to the sockets of a namespace.
///
/// @param packet as those sockets see it, translations included
record Arrival(Host host, Packet packet) {}
