package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.SpiderpoolResources;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.diagnosis.edit.TakenRanges.Taken;
import dev.underpass.net.IpPrefix;

/// The rules that a block keeps towards addresses that others have: nodes, Services, the overlay, reservations,
/// routers.
final class ClaimRules {

    private static final String IPS = "spec.ips";
    private static final String SUBNET = "spec.subnet";

    private final Review review;
    private final Block block;
    private final IpPrefix subnet;

    private ClaimRules(Review review, Block block, IpPrefix subnet) {
        this.review = review;
        this.block = block;
        this.subnet = subnet;
    }

    static void check(Review review, Block block, TakenRanges taken) {
        var subnet = block.subnet();
        if (subnet != null) {
            var rules = new ClaimRules(review, block, subnet);
            rules.nodes();
            rules.ranges(taken);
            rules.reservations();
            rules.routers();
        }
    }

    private void nodes() {
        var hosts = Hosts.of(review.now());
        var clashes = hosts.addresses().entrySet().stream()
                .filter(entry -> block.total().contains(entry.getKey()))
                .map(entry -> "%s of %s".formatted(entry.getKey(), entry.getValue()))
                .toList();
        if (!clashes.isEmpty()) {
            review.refuse(
                    IPS, "has %s: a Pod would get a node's address (U36); exclude it".formatted(Words.some(clashes)));
        }
        review.knows(Known.NODES, IPS, "whether a node has one of these addresses");
        if (!hosts.unreported().isEmpty()) {
            review.warn(
                    IPS,
                    "compared only with the main addresses of nodes that no agent reports: "
                            + Words.some(hosts.unreported()));
        }
    }

    private void ranges(TakenRanges taken) {
        review.knows(Known.COORDINATORS, SUBNET, "whether it overlaps the Service and Pod CIDRs that Spiderpool found");
        review.knows(Known.SERVICE_CIDRS, SUBNET, "whether it overlaps a ServiceCIDR");
        review.knows(Known.CALICO_POOLS, SUBNET, "whether it overlaps a Calico IPPool");
        taken.overlapping(subnet).forEach(this::range);
    }

    private void range(Taken range) {
        var common = block.total().intersection(AddressRanges.of(AddressRange.of(range.prefix())));
        if (range.use() == TakenRanges.Use.CLUSTER) {
            review.warn(
                    SUBNET,
                    "%s overlaps the %s: kube-proxy takes such Pods for the cluster's own and does not masquerade them;"
                                    .formatted(subnet, range)
                            + " set masqueradeAll (U66)");
        } else if (range.prefix().contains(subnet)) {
            review.refuseIfNew(
                    SUBNET,
                    "%s is within the %s: the Pods' own route to the subnet wins over the one to their node (U19)"
                            .formatted(subnet, range));
        } else if (!common.isEmpty()) {
            review.refuse(IPS, "has %s of the %s: two would have one address (U19)".formatted(common, range));
        } else {
            review.warn(
                    SUBNET,
                    "%s contains the %s: hosts of the underlay there cannot be reached (U19)".formatted(subnet, range));
        }
    }

    private void reservations() {
        if (review.kind() != ObjectKind.POOL
                || !review.knows(Known.RESERVED_IPS, IPS, "whether a SpiderReservedIP has some of these addresses")) {
            return;
        }
        for (var reserved : review.now().spiderpool().reservedIps()) {
            var common = block.total().intersection(AddressRanges.parse(reserved.ips()));
            if (!common.isEmpty()) {
                review.warn(
                        IPS,
                        "%s is reserved by SpiderReservedIP %s: no Pod will get it".formatted(common, reserved.name()));
            }
        }
    }

    /// The gateways that other pools of the same subnet name.
    private void routers() {
        for (var pool : review.now().spiderpool().ipPools()) {
            if (isOther(pool) && pool.gateway() != null && block.total().contains(pool.gateway())) {
                review.refuse(
                        IPS,
                        "has %s, the gateway of SpiderIPPool %s: exclude it".formatted(pool.gateway(), pool.name()));
                return;
            }
        }
        review.now().spiderpool().subnets().stream()
                .map(SpiderpoolResources.Subnet::gateway)
                .filter(gateway -> gateway != null && !gateway.equals(block.gateway()))
                .filter(gateway -> gateway != null && block.total().contains(gateway))
                .findFirst()
                .ifPresent(gateway ->
                        review.refuse(IPS, "has %s, the gateway of a SpiderSubnet: exclude it".formatted(gateway)));
    }

    private boolean isOther(IpPool pool) {
        var gateway = block.gateway();
        return !(review.kind() == ObjectKind.POOL
                        && pool.name().equals(review.name().name()))
                && (gateway == null || !gateway.equals(pool.gateway()));
    }
}
