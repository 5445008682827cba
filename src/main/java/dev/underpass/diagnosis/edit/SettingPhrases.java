package dev.underpass.diagnosis.edit;

import dev.underpass.words.Phrase;

/// What the rules say of the coordinator's settings.
enum SettingPhrases implements Phrase {
    IF_SECOND("whether there is another SpiderCoordinator"),
    SECOND("there is already SpiderCoordinator %s, and the agent reads only the first one: change that"),
    NOT_FIRST("has no effect: Spiderpool's agent reads only the first of %s SpiderCoordinators, %s"),
    IF_ONLY("whether it is the only SpiderCoordinator"),
    ONLY("it is the only SpiderCoordinator: without one no underlay Pod can be created or deleted" + " (U02)"),
    NEXT_HOLDS("the settings of SpiderCoordinator %s would hold from now on"),
    MODE_FOR_ALL("'%s' for all fails Pods whose first NIC is on the %s, such as %s (U15): use auto"),
    IF_HIDDEN("whether a network hides the changes by settings of its own"),
    HIDDEN("has no effect for Pods of the networks that set it themselves: %s (U09)"),
    CUSTOM_OFF("Spiderpool sets it to false for cniType custom: chain the coordinator in customCNI"),
    NOT_CHAINED("has no effect: enableCoordinator is false, so the coordinator is not chained"),
    IF_PODS_FIT("whether the Pods of the network fit it"),
    MISFIT("%s, such as %s (U15): use auto"),
    IF_DEFAULTS_HIDE("whether its defaults hide the SpiderCoordinator's settings"),
    FILLED_IN("the API server fills in %s, which hides %s of SpiderCoordinator %s (U09): repeat it here"),
    ADDRESS_OF_NODE("%s is an address of %s: the Pod would keep for itself what it sends there"),
    IF_CALICO("whether Calico has an IPPool"),
    NO_CALICO("'calico', but the cluster has no Calico IPPool: no Pod CIDR would be found; use auto"),
    IF_CILIUM("whether Cilium is configured"),
    NO_CILIUM("'cilium', but there is no ConfigMap cilium-config: the SpiderCoordinator would become"
            + " NotReady, and no Pod start; use auto"),
    NONE_WITH_PROXY("'none' is for clusters without kube-proxy, and here is one (%s): new Pods get no routes"
            + " to the Pod CIDRs, so overlay Pods and headless Services are lost (U11); use auto"),
    IF_PROXY("whether the cluster has kube-proxy, which 'none' does not go with"),
    IF_POOL_STEERED("whether a pool's subnet would be steered away"),
    STEERS_POOL(
            "%s overlaps the subnet %s of a SpiderIPPool: Pods would reach their own neighbours" + " through the node"),
    MORE_THAN_NODES("%s is more than nodes' devices carry (%s): large packets to Services would be lost (U46)"),
    MTU_UNKNOWN("not checked against the MTU of the nodes: no agent reports"),
    TABLE_CHANGES("%s instead of %s: running Pods keep their routes in table %s, whose rule stays for ever" + " (U50)"),
    UNTUNED("false leaves every NIC's default route in table main of a Pod with several NICs, and"
            + " only one of them is used: answers of the others leave by the wrong NIC"),
    DISABLED_MODE("'disabled' passes the CRD, but the coordinator plugin knows only 'disable' and fails"
            + " every new Pod (unknown tuneMode: disabled): set enableCoordinator: false in the"
            + " SpiderMultusConfigs"),
    DISABLE_MODE("'disable' is the plugin's word, which the CRD refuses: set enableCoordinator: false in"
            + " the SpiderMultusConfigs, as 'disabled' fails every new Pod"),
    STEERS_ALL("%s sends all of the Pod's traffic to its node, not only that of Services"),
    KERNEL_TABLE("%s is the kernel's table %s, whose routes Spiderpool would mix with the Pods': take a"
            + " free one, such as 500"),
    UNUSUAL_NIC("%s is neither eth0 nor net1, net2 …: a Pod without such a NIC fails to start"),
    RP_FILTER_LEFT(
            "%s leaves the Pod's rp_filter as the node sets it for new namespaces; write 0, 1 or 2" + " to be sure"),
    RP_FILTER_STRICT("1 (strict) drops answers that come by another NIC than the route back: an overlay Pod"
            + " on another node can no longer be reached (U30); 0 or 2 keeps it working"),
    QUEUE_LENGTH("Spiderpool v1.2.1 sets it on the node's device of the same name, not on the Pod's, and"
            + " a second NIC then fails with 'Link not found': write 0 instead of %s"),
    NO_MAC_PREFIX("%s is no MAC prefix: write two bytes, such as 0a:1b"),
    MULTICAST_MAC("%s begins a multicast address: the lowest bit of the first byte must be 0, as in 0a:1b"),
    MTU_WITHOUT_IPV6("%s is less than the 1280 bytes that IPv6 needs: the kernel turns IPv6 off on veth0"),
    NO_LINK_ADDRESS("%s %s: write an IPv4 address of 169.254.0.0/16, such as 169.254.100.1"),
    NO_ADDRESS("%s is no IP address"),
    GATEWAY_OF_OTHER_VERSION("%s is no gateway to %s: both must be IPv4, or both IPv6"),
    IF_PODS_FIT_MODE("whether all Pods fit mode %s"),
    FIRST_NIC_WITHOUT("false: Pods whose first NIC is of this network reach no Service and not their own node"
            + " (U01), such as %s"),
    OVERLAY_FAILS("'overlay' fails Pods whose first NIC is of this network"),
    UNDERLAY_FAILS("'underlay' fails Pods whose first NIC is of the overlay and only another one of this" + " network"),
    MTU_UNREPORTED("not checked against the MTU of the nodes that no agent reports: %s"),
    PROXY_ON_NODE("kube-proxy on node %s"),
    NOT_ADDRESS("is no IP address"),
    IPV6_ADDRESS("is an IPv6 address"),
    NOT_LINK_LOCAL("is not link-local, and every Pod would have it");

    private final String text;

    SettingPhrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
