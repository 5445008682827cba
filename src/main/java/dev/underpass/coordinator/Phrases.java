package dev.underpass.coordinator;

import dev.underpass.words.Phrase;

/// What is said of a Pod's attachment, and of its lines.
enum Phrases implements Phrase {
    BUILT_IN("built-in default"),
    NETWORK("network %s"),
    NODE_ADDRESS("the node's address %s"),
    EXPECTED("expected because of %s"),
    EXPECTED_SINCE("expected because of %s, since %s: the Pod was made before that"),
    NO_LEG("underlay mode leads Service traffic to the node by a veth pair; the Pod has none"),
    DEVICE_DOWN("%s is down or has no carrier"),
    OTHER_END_HAS("the other end of %s has %s"),
    UNMARKED("without it answers to connections that came in by the node's veth leave by the underlay NIC"),
    RP_FILTER("podRPFilter is %s (%s)"),
    FOREIGN_RULE("neither the kernel nor the coordinator made it"),
    OWN_RULE("answers from %s's address must leave by it"),
    OWN_TABLE("answers from %s's address are routed by this table"),
    MARKED_RULE("marked answers must find the way back to the node"),
    MARKED_TABLE("the table for marked answers does not lead to the node"),
    BUILT_IN_RULE("the kernel's own rule is gone"),
    NO_LONGER_ASKED("no setting asks for this range today"),
    HIDES("it takes packets that should go to the node by %s"),
    DEFAULT_MOVED("the overlay's NIC %s should keep the default route (podDefaultRouteNIC is not set)"),
    NO_DEFAULT("the Pod has no default route in table main"),
    CONNECTED_GONE("the kernel's own route for the address %s is gone"),
    NO_OTHER_END("no device of the node is the other end of the Pod's leg"),
    DOWN("it is down or has no carrier"),
    NODE_ROUTE("the node needs it to reach the Pod's address"),
    NODE_ROUTE_ELSEWHERE("the node needs it to reach the Pod's address; there is %s"),
    NODE_RULE("no rule leads to the table that holds the Pods' addresses"),
    POD_END_HAS("the Pod's end of %s has %s"),
    WRITTEN("what the coordinator writes into a Pod that is made today"),
    GATEWAY("the gateway that Spiderpool gave %s"),
    TO_POD("the coordinator's, to %s"),
    TO_PODS("the coordinator's, to the Pods' addresses"),
    PROGRAM("%s wrote it, as the line itself says"),
    HOST_NETWORK("hostNetwork is set"),
    DEVICES_UNREPORTED("its devices were not reported"),
    BESIDE_OVERLAY("an overlay NIC beside %s"),
    UNDERLAY_LED("%s first, %s to the node"),
    UNDERLAY_UNLED("%s first, no veth pair to the node"),
    ONLY_OVERLAY("only an overlay NIC"),
    NO_NIC("no NIC with an address"),
    TWO_ROUTES("two routes to %s in table %s: which one the kernel would take was never recorded"),
    UNREADABLE_PLUGIN(
            "its network %s makes NICs by a plugin that cannot be read: what they are like is known of macvlan and ipvlan only"),
    UNKNOWN_PLUGIN("its network %s makes NICs by %s: what they are like is known of macvlan and ipvlan only"),
    NO_VETH0("mode underlay on %s: no NIC before it was given veth0; the coordinator refuses to start the Pod"),
    NO_FURTHER_NIC(
            "mode overlay on %s: it is no further NIC of an overlay Pod; the coordinator refuses to start the Pod"),
    DEFAULT_NIC_IN_UNDERLAY("podDefaultRouteNIC %s in underlay mode was never recorded"),
    UNDERLAY_NIC("%s as NIC %s of an underlay Pod was never recorded"),
    UNTUNED_UNDERLAY_NIC("%s as NIC %s of an underlay Pod without tunePodRoutes was never recorded"),
    OVERLAY_NIC("%s as NIC %s of an overlay Pod was never recorded"),
    UNTUNED("tunePodRoutes false with IPv6 or more than two NICs was never recorded"),
    DEFAULT_NIC("podDefaultRouteNIC %s with IPv6 or for another NIC was never recorded"),
    NO_NODE_ADDRESS("no address of the node of %s's family is reported"),
    NODE_ADDRESSES_UNREPORTED("the node's addresses are not reported"),
    NOT_ALL_REPORTED("its devices, addresses and routes are not all reported"),
    NO_NIC_REPORTED("no NIC with an address is reported"),
    NIC_DOWN("its NIC %s is down: what a new one would get cannot be read from it"),
    STRANGE_DEVICE("it has a device that no CNI plugin known here makes"),
    SEVERAL_NEXT_HOPS("its route %s has several next hops"),
    UNKNOWN_NETWORK("nothing says which network %s is of"),
    NO_ATTACHMENT("there is no NetworkAttachmentDefinition %s"),
    NO_OVERLAY_NIC("it has no overlay NIC today: which address of the overlay it would get is not known"),
    UNKNOWN_ADDRESSES("nothing says which addresses %s would get"),
    FAMILIES_UNLIKE("a NIC with addresses of %s beside an overlay NIC with %s was never recorded"),
    NO_PARENT("its node %s reports no device %s for the NIC to hang on"),
    SEVERAL_DEFAULTS("it would have %s IPv6 default routes, and a hash would choose"),
    PLUGINS_EDITED("the plugins of its network %s beside the coordinator are edited: what NIC they make is not known"),
    NO_COORDINATOR("there is no SpiderCoordinator"),
    COORDINATOR_PHASE("SpiderCoordinator %s is %s"),
    COORDINATOR_WITHOUT_CIDR("serviceCIDR in body is required: SpiderCoordinator %s has none in its status"),
    HIJACK_UNREADABLE("hijackCIDR: '%s' is no CIDR"),
    RP_FILTER_UNKNOWN("podRPFilter %s: the kernel knows 0, 1 and 2"),
    STRANGE_MANGLE("its mangle table has rules beside the coordinator's, whose order is not known"),
    POOL_GONE("its SpiderIPPool %s is gone: which other one it gets is not known"),
    POOL_DISABLED("its SpiderIPPool %s is disabled: which other one it gets is not known"),
    POOL_MOVED("its SpiderIPPool %s has another subnet or VLAN"),
    VETH_ADDRESS_UNREADABLE("vethLinkAddress: '%s' is no address"),
    MAC_UNREPORTED("the link-layer address of %s is not reported"),
    DEVICE_UNREPORTED("the device %s is not reported"),
    NODE_END_UNREPORTED("the node's end of %s is not reported"),
    ALL_DEVICES_UNREPORTED("the devices are not reported"),
    NO_RANGES("podCIDRType %s: nothing tells its ranges"),
    NO_SERVICE_RANGES("nothing tells the Service ranges");

    private final String text;

    Phrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
