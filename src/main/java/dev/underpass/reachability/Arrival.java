package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Packet;

/// A packet that was delivered to the sockets of a namespace.
///
/// @param packet as those sockets see it, translations included
/// @param device what it came in by
record Arrival(Host host, Packet packet, DeviceName device) {}
