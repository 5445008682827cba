package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.net.IpPrefix;
import dev.underpass.report.FilterReport;
import dev.underpass.report.HostReport;
import dev.underpass.report.HostReport.KubeProxy;
import dev.underpass.report.JsonText;
import dev.underpass.report.NamespaceReport;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What kube-proxy writes differently once it is started again with an edited configuration: which connections it
/// masquerades.
///
/// @param clusterCidr as configured
/// @param clusterCidrs the sources that are not masqueraded; none where all are
record ProxyEdit(String clusterCidr, List<IpPrefix> clusterCidrs) {

    private static final Pattern MASQUERADED =
            Pattern.compile("(-A KUBE-SVC-\\S+) (?:! -s \\S+ )?(-d \\S+ .*-j KUBE-MARK-MASQ)");

    ProxyEdit {
        clusterCidrs = List.copyOf(clusterCidrs);
    }

    /// kube-proxy's configuration, as far as it matters here.
    private record Config(String mode, String clusterCidr, boolean masqueradeAll, String detectLocalMode) {

        static Config of(ClusterSnapshot snapshot) {
            return new Config(
                    line(snapshot, "mode"),
                    line(snapshot, "clusterCIDR"),
                    line(snapshot, "masqueradeAll").equals("true"),
                    line(snapshot, "detectLocalMode"));
        }

        private static String line(ClusterSnapshot snapshot, String key) {
            return snapshot.cni().line("kube-proxy", "config.conf", key);
        }
    }

    /// @param edit absent when nothing changes
    /// @param doubt why the new rules cannot be told; absent when they can
    record Result(Optional<ProxyEdit> edit, @Nullable Sentence doubt) {}

    static Result between(ClusterSnapshot now, ClusterSnapshot edited) {
        var before = Config.of(now);
        var after = Config.of(edited);
        if (before.equals(after)) {
            return new Result(Optional.empty(), null);
        }
        if (!before.mode().equals(after.mode())) {
            return doubt(Phrases.NEW_MODE.with(after.mode()));
        }
        var local = after.detectLocalMode().toLowerCase(Locale.ROOT);
        if (!local.isEmpty() && !local.equals("clustercidr")) {
            return doubt(Phrases.DETECT_LOCAL_MODE.with(after.detectLocalMode()));
        }
        if (!after.masqueradeAll() && after.clusterCidr().isEmpty()) {
            return doubt(Phrases.NO_CLUSTER_CIDR.with());
        }
        try {
            return new Result(
                    Optional.of(new ProxyEdit(
                            after.clusterCidr(), after.masqueradeAll() ? List.of() : cidrs(after.clusterCidr()))),
                    null);
        } catch (IllegalArgumentException e) {
            return doubt(Phrases.CLUSTER_CIDR_UNREADABLE.with(String.valueOf(e.getMessage())));
        }
    }

    private static Result doubt(Sentence reason) {
        return new Result(Optional.empty(), reason);
    }

    private static List<IpPrefix> cidrs(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(IpPrefix::parse)
                .toList();
    }

    /// The node with the new rules.
    HostReport applied(HostReport host) {
        var proxy = host.kubeProxy();
        return new HostReport(
                applied(host.namespace()),
                host.kernelRelease(),
                proxy == null
                        ? null
                        : new KubeProxy(
                                proxy.mode(),
                                clusterCidr.isEmpty() ? proxy.clusterCidr() : clusterCidr,
                                clusterCidrs.isEmpty(),
                                proxy.detectLocalMode()),
                host.cniConfig(),
                host.conntrack(),
                host.errors());
    }

    private NamespaceReport applied(NamespaceReport host) {
        var filters = host.filters();
        var with = new FilterReport(
                text(filters.iptables(), false),
                text(filters.ip6tables(), true),
                text(filters.iptablesLegacy(), false),
                text(filters.ip6tablesLegacy(), true),
                filters.nftables() == null ? null : nftables(filters.nftables()),
                filters.ipsets());
        return new NamespaceReport(
                host.network(), host.netnsIds(), with, host.ipvs(), host.listeners(), host.resolvConf());
    }

    private Optional<IpPrefix> cidr(boolean six) {
        return clusterCidrs.stream()
                .filter(cidr -> (cidr.network().family() == dev.underpass.net.IpAddress.Family.IPV6) == six)
                .findFirst();
    }

    private @Nullable String text(@Nullable String saved, boolean six) {
        var outside = cidr(six).map(cidr -> " ! -s " + cidr).orElse("");
        return saved == null
                ? null
                : saved.lines().map(line -> line(line, outside)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String line, String outside) {
        var masqueraded = MASQUERADED.matcher(line);
        return masqueraded.matches() ? masqueraded.group(1) + outside + " " + masqueraded.group(2) : line;
    }

    private JsonText nftables(JsonText ruleset) {
        var tree = new LinkedHashMap<String, Object>(ruleset.tree());
        if (tree.get("nftables") instanceof List<?> items) {
            tree.put("nftables", items.stream().map(this::item).toList());
        }
        return JsonText.of(tree);
    }

    private Object item(Object item) {
        return item instanceof Map<?, ?> object && object.get("rule") instanceof Map<?, ?> rule && isMasquerading(rule)
                ? Map.of("rule", rule(rule))
                : item;
    }

    /// The rule that masquerades what comes to ClusterIPs from outside the cluster.
    private static boolean isMasquerading(Map<?, ?> rule) {
        return "kube-proxy".equals(rule.get("table"))
                && "services".equals(rule.get("chain"))
                && rule.get("expr") instanceof List<?> parts
                && parts.toString().contains("@cluster-ips")
                && parts.toString().contains("mangle");
    }

    private Map<String, Object> rule(Map<?, ?> rule) {
        var parts = new ArrayList<Object>();
        boolean six = "ip6".equals(rule.get("family"));
        for (var part : (List<?>) java.util.Objects.requireNonNull(rule.get("expr"))) {
            if (!part.toString().contains("field=saddr")) {
                parts.add(part);
            }
        }
        cidr(six).ifPresent(cidr -> parts.add(1, outside(cidr, six ? "ip6" : "ip")));
        var result = new LinkedHashMap<String, Object>();
        rule.forEach((key, value) -> result.put(String.valueOf(key), "expr".equals(key) ? parts : value));
        return result;
    }

    private static Map<String, Object> outside(IpPrefix cidr, String protocol) {
        return Map.of(
                "match",
                Map.of(
                        "op",
                        "!=",
                        "left",
                        Map.of("payload", Map.of("protocol", protocol, "field", "saddr")),
                        "right",
                        Map.of("prefix", Map.of("addr", cidr.network().toString(), "len", cidr.length()))));
    }
}
