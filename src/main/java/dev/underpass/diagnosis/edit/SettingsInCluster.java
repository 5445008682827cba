package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.net.IpPrefix;
import dev.underpass.report.HostReport.KubeProxy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of the coordinator's settings that depend on the cluster they are for.
final class SettingsInCluster {

    private static final Set<String> PROXY_MODES = Set.of("iptables", "ipvs", "nftables");

    private final Review review;
    private final ClusterSnapshot now;
    private final Part settings;

    SettingsInCluster(Review review, Part settings) {
        this.review = review;
        this.now = review.now();
        this.settings = settings;
    }

    void check() {
        settings.text("podCIDRType").ifPresent(this::cidrType);
        hijacked();
        var hosts = Hosts.of(now);
        settings.whole("vethMTU").ifPresent(mtuBytes -> mtu(mtuBytes, hosts));
        settings.text("vethLinkAddress").flatMap(Prefixes::address).ifPresent(address -> {
            var owner = hosts.addresses().get(address);
            if (owner != null) {
                review.refuse(
                        settings.at("vethLinkAddress"),
                        "%s is an address of %s: the Pod would keep for itself what it sends there"
                                .formatted(address, owner));
            }
        });
        settings.whole("hostRuleTable").ifPresent(this::table);
    }

    private void cidrType(String type) {
        var field = settings.at("podCIDRType");
        switch (type) {
            case "none" -> withoutCidrs(field);
            case "calico" -> {
                if (review.knows(Known.CALICO_POOLS, field, "whether Calico has an IPPool")
                        && now.cni().calicoPools().isEmpty()) {
                    review.warn(
                            field,
                            "'calico', but the cluster has no Calico IPPool: no Pod CIDR would be found; use auto");
                }
            }
            case "cilium" -> {
                if (review.knows(Known.CONFIG_MAPS, field, "whether Cilium is configured")
                        && !hasConfigMap("cilium-config")) {
                    review.warn(
                            field,
                            "'cilium', but there is no ConfigMap cilium-config: the SpiderCoordinator would"
                                    + " become NotReady, and no Pod start; use auto");
                }
            }
            default -> {}
        }
    }

    private boolean hasConfigMap(String name) {
        return now.cni().configMap(name).isPresent();
    }

    /// U11: right only where Cilium stands in for kube-proxy.
    private void withoutCidrs(String field) {
        var proxy = kubeProxy();
        if (proxy.isPresent()) {
            review.warn(
                    field,
                    "'none' is for clusters without kube-proxy, and here is one (%s): new Pods get no routes to the Pod"
                                    .formatted(proxy.get())
                            + " CIDRs, so overlay Pods and headless Services are lost (U11); use auto");
        } else {
            review.knows(Known.CONFIG_MAPS, field, "whether the cluster has kube-proxy, which 'none' does not go with");
        }
    }

    private Optional<String> kubeProxy() {
        return now.reports().entrySet().stream()
                .filter(entry -> isProxy(entry.getValue().host().kubeProxy()))
                .map(entry -> "kube-proxy on node " + entry.getKey())
                .sorted()
                .findFirst()
                .or(() -> hasConfigMap("kube-proxy") ? Optional.of("ConfigMap kube-proxy") : Optional.empty());
    }

    private static boolean isProxy(@Nullable KubeProxy proxy) {
        return proxy != null && PROXY_MODES.contains(proxy.mode());
    }

    private void hijacked() {
        var entries = settings.texts("hijackCIDR");
        if (entries.isEmpty()
                || !review.knows(
                        Known.POOLS, settings.at("hijackCIDR"), "whether a pool's subnet would be steered away")) {
            return;
        }
        var subnets = now.spiderpool().ipPools().stream()
                .map(IpPool::subnet)
                .distinct()
                .toList();
        entries.stream()
                .takeWhile(entry -> !review.problems().tooMany(entry.path()))
                .forEach(entry -> hijacked(entry, subnets));
    }

    private void hijacked(Part.Entry entry, List<IpPrefix> subnets) {
        var host = Prefixes.address(entry.text())
                .map(address -> new IpPrefix(address, address.family().bits()));
        var prefix = host.or(() -> Prefixes.around(entry.text()));
        subnets.stream()
                .filter(subnet ->
                        prefix.filter(each -> Prefixes.overlap(each, subnet)).isPresent())
                .findFirst()
                .ifPresent(subnet -> review.warn(
                        entry.path(),
                        "%s overlaps the subnet %s of a SpiderIPPool: Pods would reach their own neighbours through"
                                        .formatted(entry.text(), subnet)
                                + " the node"));
    }

    private void mtu(long mtuBytes, Hosts hosts) {
        var field = settings.at("vethMTU");
        var narrow = hosts.narrowerThan(mtuBytes);
        if (!narrow.isEmpty()) {
            review.warn(
                    field,
                    "%d is more than nodes' devices carry (%s): large packets to Services would be lost (U46)"
                            .formatted(mtuBytes, Words.some(narrow)));
        }
        if (!hosts.unreported().isEmpty()) {
            review.warn(
                    field,
                    "not checked against the MTU of the nodes that no agent reports: "
                            + Words.some(hosts.unreported()));
        } else if (!hosts.known()) {
            review.warn(field, "not checked against the MTU of the nodes: no agent reports");
        }
    }

    /// U50: the table of running Pods stays what it was.
    private void table(long number) {
        var before = now.spiderpool().coordinators().stream()
                .limit(1)
                .map(each -> each.settings().hostRuleTable())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(500);
        if (number > 0 && before != number && !now.spiderpool().coordinators().isEmpty()) {
            review.warn(
                    settings.at("hostRuleTable"),
                    "%d instead of %d: running Pods keep their routes in table %d, whose rule stays for ever (U50)"
                            .formatted(number, before, before));
        }
    }
}
