package dev.underpass.diagnosis.edit;

import dev.underpass.words.Phrase;

/// What the rules say of SpiderMultusConfigs.
enum NetworkPhrases implements Phrase {
    NO_DEVICE_NAME("%s is no device name: it must have 1 to 15 bytes without spaces, / and :, such as eth0"),
    IF_SAME_MASTER("whether another network has the same master"),
    NO_AGENT("not known whether nodes have the device: no agent reports"),
    LOOPBACK_MASTER("%s is the loopback device, which has no network"),
    ENSLAVED("a device in a bond or bridge cannot have %s children, name the bond or bridge: %s"),
    MORE_THAN_MASTER("%s is more than the master carries, so Pods do not start there: %s"),
    EXCLUSIVE("%s is the master of %s too, which is of the other type: on one node a device has"
            + " macvlan or ipvlan children, not both"),
    OTHER_SECTION("is for another cniType: a network of type %s is set up in spec.%s alone; remove it"),
    NO_SECTION("is missing: a network of type %s is set up in spec.%s"),
    NO_TYPE("has no \"type\", so no plugin can be found for it"),
    NO_JSON("%s is no JSON object: %s"),
    IF_USED("whether Pods use the network"),
    USED("Pods use the network: %s; their successors would not start. Change or delete these Pods" + " first"),
    NO_IPAM("has no effect: disableIPAM is true, so Spiderpool gives no addresses"),
    IF_POOLS_THERE("whether the pools are there"),
    NO_POOL("there is no SpiderIPPool %s, so Pods would not start%s"),
    OTHER_FAMILY("SpiderIPPool %s has %s addresses (%s): name it under %s"),
    DISABLED("SpiderIPPool %s is disabled: it gives no addresses"),
    EXHAUSTED("SpiderIPPool %s has no address left: %s of %s are in use (U38)"),
    NO_POOL_LIKE("no SpiderIPPool has a name like %s"),
    SMALL_MTU("%s is less than the 68 bytes that IP needs: write 0 to leave it to the kernel"),
    NO_MASTER("is empty: name the node's device, such as eth0"),
    LISTED_TWICE("%s is listed twice"),
    COVERED("%s is covered by %s, which is listed as well"),
    MANY_MASTERS("%s masters: no node has so many devices"),
    NO_BOND("is missing: %s masters are joined to a bond, which needs a name and a mode"),
    SINGLE_MASTER("has no effect with a single master"),
    LONG_VLAN_DEVICE("the device %s that Spiderpool makes for it has a longer name than the kernel's 15 bytes"),
    VLAN_ID_WITH_AUTO("vlanMode auto finds the VLAN itself: leave vlanID out"),
    NO_VLAN_ID("is missing: vlanMode manual needs it, a number from 1 to 4094"),
    MORE_THAN_MAX_RATE("%s is more than maxTxRateMbps %s"),
    NO_MIN_ID("is missing: maxID %s needs it"),
    MORE_THAN_MAX_ID("%s is more than maxID %s"),
    NO_VLAN("names no VLAN"),
    PARSER("not JSON: %s"),
    NOT_AN_OBJECT("not an object"),
    UNREPORTED("not known whether nodes have the device that no agent reports: %s"),
    NO_DEVICE("no device %s on %s: Pods of this network do not start there"),
    NO_DEVICE_ANYWHERE("no device %s on %s: Pods of this network do not start there%s"),
    NODES("nodes %s"),
    DOWN("it is down where no Pod can start: %s"),
    MISSING("is missing: give %s"),
    BRIDGE_NAME("the bridge's name, such as br1"),
    INFINIBAND_NAME("the node's device, such as ibs1"),
    RESOURCE_NAME("the device plugin's resource, such as spidernet.io/sriov_netdevice");

    private final String text;

    NetworkPhrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
