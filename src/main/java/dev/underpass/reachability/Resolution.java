package dev.underpass.reachability;

import dev.underpass.net.IpAddress;
import dev.underpass.words.Sentence;
import org.jspecify.annotations.Nullable;

/// Who gets a frame that is sent to a next hop.
sealed interface Resolution {

    /// A device of a known namespace.
    ///
    /// @param evidence the neighbour entry, or the answer that ARP or NDP would bring
    record To(Port port, String evidence, Sentence detail, boolean overFabric) implements Resolution {}

    /// The router of the network outside.
    record ToRouter(String evidence, Sentence detail) implements Resolution {}

    /// Nobody: the packet is lost here.
    record Lost(End.Cause cause, @Nullable IpAddress nextHop, String evidence, Sentence detail) implements Resolution {}
}
