package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.net.IpPrefix;
import dev.underpass.report.HostReport.KubeProxy;
import dev.underpass.words.Sentence;
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
                review.refuse(settings.at("vethLinkAddress"), SettingPhrases.ADDRESS_OF_NODE.with(address, owner));
            }
        });
        settings.whole("hostRuleTable").ifPresent(this::table);
    }

    private void cidrType(String type) {
        var field = settings.at("podCIDRType");
        switch (type) {
            case "none" -> withoutCidrs(field);
            case "calico" -> {
                if (review.knows(Known.CALICO_POOLS, field, SettingPhrases.IF_CALICO.with())
                        && now.cni().calicoPools().isEmpty()) {
                    review.warn(field, SettingPhrases.NO_CALICO.with());
                }
            }
            case "cilium" -> {
                if (review.knows(Known.CONFIG_MAPS, field, SettingPhrases.IF_CILIUM.with())
                        && !hasConfigMap("cilium-config")) {
                    review.warn(field, SettingPhrases.NO_CILIUM.with());
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
            review.warn(field, SettingPhrases.NONE_WITH_PROXY.with(proxy.get()));
        } else {
            review.knows(Known.CONFIG_MAPS, field, SettingPhrases.IF_PROXY.with());
        }
    }

    private Optional<Sentence> kubeProxy() {
        return now.reports().entrySet().stream()
                .filter(entry -> isProxy(entry.getValue().host().kubeProxy()))
                .map(entry -> entry.getKey().toString())
                .sorted()
                .findFirst()
                .map(node -> SettingPhrases.PROXY_ON_NODE.with(node))
                .or(() -> hasConfigMap("kube-proxy")
                        ? Optional.of(Sentence.line("ConfigMap kube-proxy"))
                        : Optional.empty());
    }

    private static boolean isProxy(@Nullable KubeProxy proxy) {
        return proxy != null && PROXY_MODES.contains(proxy.mode());
    }

    private void hijacked() {
        var entries = settings.texts("hijackCIDR");
        if (entries.isEmpty()
                || !review.knows(Known.POOLS, settings.at("hijackCIDR"), SettingPhrases.IF_POOL_STEERED.with())) {
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
        var prefix = Prefixes.meant(entry.text());
        subnets.stream()
                .filter(subnet ->
                        prefix.filter(each -> Prefixes.overlap(each, subnet)).isPresent())
                .findFirst()
                .ifPresent(subnet -> review.warn(entry.path(), SettingPhrases.STEERS_POOL.with(entry.text(), subnet)));
    }

    private void mtu(long mtuBytes, Hosts hosts) {
        var field = settings.at("vethMTU");
        var narrow = hosts.narrowerThan(mtuBytes);
        if (!narrow.isEmpty()) {
            review.warn(field, SettingPhrases.MORE_THAN_NODES.with(mtuBytes, Words.some(narrow)));
        }
        if (!hosts.unreported().isEmpty()) {
            review.warn(field, SettingPhrases.MTU_UNREPORTED.with(Words.some(hosts.unreported())));
        } else if (!hosts.known()) {
            review.warn(field, SettingPhrases.MTU_UNKNOWN.with());
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
            review.warn(settings.at("hostRuleTable"), SettingPhrases.TABLE_CHANGES.with(number, before, before));
        }
    }
}
