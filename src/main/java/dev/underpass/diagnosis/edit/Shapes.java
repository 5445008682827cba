package dev.underpass.diagnosis.edit;

import dev.underpass.diagnosis.edit.Shape.Flag;
import dev.underpass.diagnosis.edit.Shape.Items;
import dev.underpass.diagnosis.edit.Shape.Labels;
import dev.underpass.diagnosis.edit.Shape.Members;
import dev.underpass.diagnosis.edit.Shape.Text;
import dev.underpass.diagnosis.edit.Shape.Whole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The shapes of Spiderpool's specs, as the CRDs of v1.2.1 have them.
///
/// Where the CRD allows a number that the kernel then refuses, the range is the kernel's.
final class Shapes {

    private static final long MOST_INT = Integer.MAX_VALUE;

    private static final Whole VLAN = new Whole(0, 4094, Phrases.VLAN_RANGE.with());
    private static final Whole MTU = new Whole(0, 65_535, Phrases.MTU_RANGE.with());
    private static final Whole IP_VERSION = new Whole(4, 6, Phrases.VERSION_RANGE.with());
    private static final Whole RATE = new Whole(0, MOST_INT, Phrases.RATE_RANGE.with());

    static final Members ROUTE = new Members(ordered("dst", Shape.TEXT, "gw", Shape.TEXT), Set.of("dst", "gw"));

    private static final Members REQUIREMENT = new Members(
            ordered(
                    "key", Shape.TEXT,
                    "operator", Text.of("In", "NotIn", "Exists", "DoesNotExist"),
                    "values", Shape.TEXTS),
            Set.of("key", "operator"));

    static final Members SELECTOR =
            new Members(ordered("matchLabels", new Labels(), "matchExpressions", new Items(REQUIREMENT)), Set.of());

    /// `disable` is no value of the CRD, but [SettingsRules] has a better answer to it.
    private static final Members SETTINGS = new Members(
            ordered(
                    "mode",
                    Text.of("auto", "underlay", "overlay", "disabled", "disable"),
                    "podCIDRType",
                    Text.of("auto", "cluster", "calico", "cilium", "none"),
                    "hijackCIDR",
                    Shape.TEXTS,
                    "hostRuleTable",
                    new Whole(1, MOST_INT, Phrases.TABLE_RANGE.with()),
                    "podDefaultRouteNIC",
                    Shape.TEXT,
                    "podRPFilter",
                    new Whole(Integer.MIN_VALUE, 2, Phrases.RP_FILTER_RANGE.with()),
                    "tunePodRoutes",
                    new Flag(),
                    "txQueueLen",
                    new Whole(0, MOST_INT, Phrases.QUEUE_RANGE.with()),
                    "podMACPrefix",
                    Shape.TEXT,
                    "vethMTU",
                    new Whole(68, 65_535, Phrases.VETH_RANGE.with()),
                    "vethLinkAddress",
                    Shape.TEXT,
                    "policyRoutes",
                    new Items(ROUTE)),
            Set.of());

    static final Members COORDINATOR = new Members(SETTINGS.fields(), Set.of("podCIDRType"));

    static final Members SUBNET = new Members(
            ordered(
                    "subnet", Shape.TEXT,
                    "ipVersion", IP_VERSION,
                    "ips", Shape.TEXTS,
                    "excludeIPs", Shape.TEXTS,
                    "gateway", Shape.TEXT,
                    "routes", new Items(ROUTE)),
            Set.of("subnet"));

    static final Members POOL = new Members(
            joined(
                    SUBNET.fields(),
                    ordered(
                            "default",
                            new Flag(),
                            "disable",
                            new Flag(),
                            "podAffinity",
                            SELECTOR,
                            "namespaceAffinity",
                            SELECTOR,
                            "namespaceName",
                            Shape.TEXTS,
                            "nodeAffinity",
                            SELECTOR,
                            "nodeName",
                            Shape.TEXTS,
                            "multusName",
                            Shape.TEXTS)),
            Set.of("subnet"));

    static final Members RESERVED_IP = new Members(ordered("ipVersion", IP_VERSION, "ips", Shape.TEXTS), Set.of());

    private static final Map<String, Shape> POOLS = ordered(
            "ippools",
            new Members(ordered("ipv4", Shape.TEXTS, "ipv6", Shape.TEXTS, "matchMasterSubnet", new Flag()), Set.of()));

    private static final Map<String, Shape> VF =
            joined(ordered("resourceName", Shape.TEXT, "rdmaIsolation", new Flag()), POOLS);

    private static final Members BOND = new Members(
            ordered(
                    "name", Shape.TEXT,
                    "mode", new Whole(0, 6, Phrases.BOND_RANGE.with()),
                    "options", Shape.TEXT),
            Set.of("name", "mode"));

    private static final Members CHILD = new Members(
            joined(
                    ordered(
                            "master", Shape.TEXTS,
                            "bond", BOND,
                            "vlanID", VLAN,
                            "mtu", MTU,
                            "rdmaResourceName", Shape.TEXT),
                    POOLS),
            Set.of("master"));

    private static final Members TRUNK = new Members(ordered("id", VLAN, "minID", VLAN, "maxID", VLAN), Set.of());

    static final Members MULTUS_CONFIG = new Members(
            ordered(
                    "cniType", Text.of("macvlan", "ipvlan", "vlan", "sriov", "ovs", "ib-sriov", "ipoib", "custom"),
                    "macvlan", CHILD,
                    "ipvlan", CHILD,
                    "vlan",
                            new Members(
                                    joined(CHILD.fields(), ordered("vlanMode", Text.of("manual", "auto"))),
                                    CHILD.required()),
                    "sriov",
                            new Members(
                                    joined(
                                            VF,
                                            ordered(
                                                    "vlanID", VLAN,
                                                    "mtu", MTU,
                                                    "minTxRateMbps", RATE,
                                                    "maxTxRateMbps", RATE)),
                                    Set.of()),
                    "ibsriov",
                            new Members(
                                    joined(
                                            VF,
                                            ordered(
                                                    "pkey",
                                                    Shape.TEXT,
                                                    "linkState",
                                                    Text.of("auto", "enable", "disable"),
                                                    "enableIbKubernetes",
                                                    new Flag())),
                                    Set.of()),
                    "ipoib", new Members(joined(ordered("master", Shape.TEXT), POOLS), Set.of()),
                    "ovs",
                            new Members(
                                    joined(
                                            ordered(
                                                    "bridge",
                                                    Shape.TEXT,
                                                    "vlan",
                                                    VLAN,
                                                    "trunk",
                                                    new Items(TRUNK),
                                                    "deviceID",
                                                    Shape.TEXT),
                                            POOLS),
                                    Set.of("bridge")),
                    "customCNI", Shape.TEXT,
                    "chainCNIJsonData", Shape.TEXTS,
                    "coordinator", SETTINGS,
                    "enableCoordinator", new Flag(),
                    "disableIPAM", new Flag()),
            Set.of());

    private Shapes() {}

    /// Names and shapes by turns.
    private static Map<String, Shape> ordered(Object... namesAndShapes) {
        var fields = new LinkedHashMap<String, Shape>();
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            fields.put((String) namesAndShapes[i], (Shape) namesAndShapes[i + 1]);
        }
        return fields;
    }

    private static Map<String, Shape> joined(Map<String, Shape> some, Map<String, Shape> more) {
        var all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }
}
