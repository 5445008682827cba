package dev.underpass.reachability;

import dev.underpass.words.Phrase;

/// What is said of a connection's way.
enum Phrases implements Phrase {
    NODE("node %s"),
    UNDERLAY_NETWORK("underlay network"),
    GATEWAY("gateway"),
    PORT("%s of %s"),
    NOTED("%s: %s"),
    IN_HOOK("%s %s in %s: %s"),
    ANSWERS_WITH("%s; answers %s"),
    GOES_ROUND("the packet goes round"),
    GATEWAY_ITSELF("it is the gateway itself"),
    GATEWAY_LOOPS("the gateway sends it to itself"),
    GATEWAY_ROUTES("the gateway routes it to %s"),
    CARRIES_FRAME("carries the frame to %s"),
    NOT_RUNNING("%s is not up, or has no carrier"),
    NOARP("a device with NOARP sends to its own link-layer address, which nobody else has"),
    TUNNEL("tunnel to %s"),
    HAS_MAC("%s has %s"),
    NOBODY_HAS_MAC("no device that %s reaches has %s: frames are lost, until the entry ages"),
    NOBODY_HAS_PERMANENT_MAC("no device that %s reaches has %s: frames are lost, the entry never expires"),
    GATEWAY_HAS_MAC("the gateway has %s"),
    GATEWAY_HAS_OTHER_MAC("%s sends to %s, but the gateway has another link-layer address"),
    STRANGER("%s is neither a node nor a Pod of this cluster"),
    SILENT_STRANGER("%s is neither a node nor a Pod of this cluster, and nobody answered when %s asked by %s"),
    GATEWAY_ANSWERS("the gateway answers (assumed)"),
    ANSWERS("%s answers %s"),
    NOBODY_ANSWERS("nobody that %s reaches answers %s for %s"),
    NEIGHBOUR_DISCOVERY("neighbour discovery"),
    ANSWERS_GATEWAY("%s answers the gateway"),
    NOBODY_ANSWERS_GATEWAY("nobody answers the gateway for %s (%s)"),
    NO_ROUTE_TO_SERVICE("the gateway has no route to the Service address %s"),
    NO_ROUTE_TO_OVERLAY("the gateway has no route to the overlay Pod address %s"),
    NO_POD_HAS("no Pod has %s"),
    OUTSIDE("%s is outside of what is known of the cluster"),
    SOURCE_OF_ROUTE("src of the route"),
    SOURCE_OF_DEVICE("the route has no src: the address of %s that suits its next hop"),
    SOURCE_BY_RFC("the route has no src: chosen for %s by RFC 6724"),
    SOURCE_ITSELF("the route has no src and no device: the address itself"),
    EBPF("Cilium's eBPF programs translate Service addresses; their maps are not reported"),
    ANSWER_ARRIVED("the answer arrived"),
    NOTHING_LISTENS("nothing listens on %s port %s/%s"),
    NO_SOCKET_WAITS("no socket of %s waits for this packet; the connection is %s"),
    LOOKUP_FOR("for %s"),
    LOOKUP_FROM("came in by %s"),
    LOOKUP_MARKED("%s, mark %s"),
    LONGEST_PREFIX("the longest prefix that holds %s"),
    RUNNER_UP("runner-up:"),
    RUNNER_UP_BY("runner-up, by rule %s:"),
    RUNNER_UP_ENDS("runner-up, which would end the packet here (%s):"),
    NO_RUNNER_UP("no runner-up; without this route: %s"),
    RUNNER_UP_UNKNOWN("the runner-up is not known: %s"),
    MTU_UNKNOWN("MTU not reported"),
    ENTRY("neighbour entry:"),
    NO_ENTRY("no neighbour entry for %s on %s"),
    ENTRY_UNKNOWN("the neighbour entry for %s is not known: %s"),
    NO_REPORT("no report of Pod %s"),
    UNSEEN("%s, which has %s by the Kubernetes API"),
    TOO_MANY("more than %s combinations"),
    RULE_UNTOLD("whether this rule takes the packet cannot be told, and the outcome depends on it"),
    OTHERWISE("without this route the packet would take: %s"),
    PARENT("parent of %s"),
    NEXT_HOP_DEVICE("the device of next hop %s"),
    IPVS("what IPVS of %s does with %s"),
    GATEWAY_MAC("which link-layer address the gateway has: %s"),
    LINK("link %s of %s"),
    FILTER_RULES("packet filter rules of %s"),
    NFTABLES("nftables of %s"),
    DEVICE_RULE("what this rule on a device does: %s"),
    LISTENERS("listeners of %s"),
    OTHER_END_UNSURE("which of %s is the other end of %s"),
    TUNNEL_END("the other end of tunnel %s"),
    MAC_UNSURE("which of %s takes frames to %s"),
    OTHER_END("the other end of %s"),
    UNKNOWN_KIND("where frames of %s go (kind %s)"),
    VLAN("where VLAN %s of %s goes"),
    MASTER("master of %s");

    private final String text;

    Phrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
