package dev.underpass.console.redaction;

/// Spiderpool's and Multus' objects with other names and addresses.
final class SpiderpoolShapes {

    private final Leaves leaves;

    SpiderpoolShapes(Leaves leaves) {
        this.leaves = leaves;
    }

    private Shape.OfObject settings() {
        return new Shape.OfObject()
                .with(
                        leaves.word(),
                        "mode",
                        "podCIDRType",
                        "hostRuleTable",
                        "podDefaultRouteNIC",
                        "podRPFilter",
                        "tunePodRoutes",
                        "txQueueLen",
                        "vethMTU")
                .with("hijackCIDR", leaves.address())
                .with("podMACPrefix", leaves.mac())
                .with("vethLinkAddress", leaves.address());
    }

    Shape attachment() {
        var cni = new CniText(leaves);
        return leaves.object(NameKind.NETWORK).with("spec", new Shape.OfObject().with("config", Shape.text(cni::json)));
    }

    Shape coordinator() {
        return leaves.object(NameKind.COORDINATOR)
                .with("spec", settings())
                .with(
                        "status",
                        new Shape.OfObject()
                                .with("phase", leaves.word())
                                .with("reason", Shape.text(_ -> "(redacted)"))
                                .with(leaves.address(), "overlayPodCIDR", "serviceCIDR"));
    }

    /// Pools, subnets and reserved addresses.
    Shape pool(NameKind name) {
        return leaves.object(name)
                .with(
                        "spec",
                        new Shape.OfObject()
                                .with(leaves.address(), "subnet", "gateway", "ips", "excludeIPs")
                                .with("routes", new Shape.OfObject().with(leaves.address(), "dst", "gw"))
                                .with(leaves.word(), "vlan", "default", "disable", "ipVersion"))
                .with("status", new Shape.OfObject().with(leaves.word(), "totalIPCount", "allocatedIPCount"));
    }

    Shape endpoint() {
        var allocation = new Shape.OfObject()
                .with(leaves.word(), "interface", "vlan")
                .with(leaves.addressWithLength(), "ipv4", "ipv6")
                .with(leaves.address(), "ipv4Gateway", "ipv6Gateway")
                .with(leaves.name(NameKind.POOL), "ipv4Pool", "ipv6Pool");
        var current =
                new Shape.OfObject().with("node", leaves.name(NameKind.NODE)).with("ips", allocation);
        return leaves.object(NameKind.POD).with("status", new Shape.OfObject().with("current", current));
    }

    Shape multusConfig() {
        return leaves.object(NameKind.NETWORK)
                .with(
                        "spec",
                        new Shape.OfObject()
                                .with(leaves.word(), "cniType", "enableCoordinator")
                                .with("coordinator", settings()));
    }
}
