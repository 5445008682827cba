package dev.underpass.reachability;

import dev.underpass.net.Packet;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Where and why a connection ended: the deciding line, for people and for findings.
///
/// @param phase which of the connection's packets met it
/// @param evidence the line that decided; empty where the cause is that there is none
/// @param packet the packet as it was there
/// @param facts what else is to be known of it
public record End(
        Cause cause, Phase phase, Place where, String evidence, Sentence detail, Packet packet, List<Hop.Fact> facts) {

    public End {
        // One that was kept before there were facts has none.
        facts = List.copyOf(Objects.requireNonNullElse(facts, List.of()));
    }

    /// An end of which nothing more is to be said.
    End(Cause cause, Phase phase, Place where, String evidence, Sentence detail, Packet packet) {
        this(cause, phase, where, evidence, detail, packet, List.of());
    }

    /// The same end, with more that is to be known of it.
    public End with(List<Hop.Fact> more) {
        var all = Stream.concat(more.stream(), facts.stream()).toList();
        return more.isEmpty() ? this : new End(cause, phase, where, evidence, detail, packet, all);
    }

    /// Why, and after it the line.
    public Sentence noted() {
        return evidence.isEmpty() ? detail : Phrases.NOTED.with(detail, evidence);
    }

    /// Whether a Pod's namespace ended it.
    public boolean inPod() {
        return where.kind() == Place.Kind.POD;
    }

    /// The five packets that prove a connection: a path may pass the handshake and carry no data.
    public enum Phase {
        SYN,
        SYN_ACK,
        ACK,
        REQUEST,
        ANSWER;

        /// Whether the packet goes from the client to the server.
        public boolean forward() {
            return this != SYN_ACK && this != ANSWER;
        }
    }

    /// Why a connection ended where it did.
    public enum Cause {
        /// The answer to the request arrived.
        DELIVERED(Disposition.DELIVERED),
        /// No rule led to a route.
        NO_ROUTE(Disposition.NO_ROUTE),
        /// A route or rule of type `blackhole`, `unreachable` or `prohibit`.
        ROUTE_REFUSES(Disposition.NO_ROUTE),
        /// The namespace has no usable source address.
        NO_SOURCE(Disposition.NO_ROUTE),
        /// The receiving namespace does not forward.
        NOT_FORWARDING(Disposition.DROPPED_BY_RULE),
        RP_FILTER(Disposition.RPF_DROP),
        /// The packet's source is the receiver's own address.
        MARTIAN_SOURCE(Disposition.RPF_DROP),
        MARTIAN_DESTINATION(Disposition.NO_ROUTE),
        /// A neighbour entry sends to a link-layer address that nobody reachable has.
        WRONG_MAC(Disposition.NEIGHBOUR_FAILED),
        /// Nobody answers for the next hop's address.
        NO_NEIGHBOUR(Disposition.NEIGHBOUR_FAILED),
        LINK_DOWN(Disposition.NEIGHBOUR_FAILED),
        /// A packet filter rule or policy drops it.
        FILTER_DROP(Disposition.DROPPED_BY_RULE),
        /// A packet filter drops it because connection tracking saw only half of the connection.
        INVALID_DROP(Disposition.DROPPED_BY_RULE),
        /// A packet filter rule rejects it.
        FILTER_REJECT(Disposition.REFUSED),
        /// kube-proxy's rule for a Service without endpoints.
        NO_ENDPOINT(Disposition.NO_ENDPOINT),
        /// Nothing listens there.
        NO_LISTENER(Disposition.REFUSED),
        /// A Service's address that nothing translated was handed to the network outside.
        UNTRANSLATED_TO_FABRIC(Disposition.NO_DNAT),
        /// A Service's address left by an underlay NIC before any node could translate it.
        SERVICE_TO_FABRIC(Disposition.WRONG_NIC),
        /// An overlay Pod's address left by an underlay NIC.
        OVERLAY_TO_FABRIC(Disposition.WRONG_NIC),
        /// The rules lead to an address in a Pod range that no Pod has.
        DEAD_ENDPOINT(Disposition.NO_ENDPOINT),
        /// A reply reached the client without being translated back.
        REPLY_UNTRANSLATED(Disposition.REPLY_ASYMMETRIC),
        /// The packet went round.
        LOOP(Disposition.NO_ROUTE),
        UNKNOWN_FABRIC(Disposition.EXITS_TO_FABRIC),
        /// An address outside of the cluster that nobody answered for when the sender's kernel asked.
        SILENT_FABRIC(Disposition.NEIGHBOUR_FAILED),
        NOT_OBSERVED(Disposition.UNDETERMINED),
        /// The outcome depends on a rule that cannot be evaluated.
        UNKNOWN_RULE(Disposition.UNDETERMINED);

        private final Disposition disposition;

        Cause(Disposition disposition) {
            this.disposition = disposition;
        }

        /// What it means on the way to the server; on the way back, [Path] may say more.
        public Disposition disposition() {
            return disposition;
        }
    }
}
