package dev.underpass.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.net.Neighbour;
import dev.underpass.report.FilterReport;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the agent's report against ip(8), iptables-save(8), nft(8) and ss(8), section by section.
@Tag("netns")
class AgentReportTest {

    @BeforeAll
    static void needsRoot() {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and iproute2 for network namespaces");
    }

    static Set<String> specs() {
        return LabSpec.names();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void saysWhatTheToolsSay(String name) {
        try (var lab = Lab.up(LabSpec.named(name)).listening()) {
            for (var node : Layout.NODES) {
                assertThat(new TwofoldObserver().report(lab, node)).contains(node.name());
            }
        }
    }

    static void same(NodeReport agent, NodeReport tools) {
        assertThat(agent.host().errors()).isEmpty();
        same("host", agent.host().namespace(), tools.host().namespace());
        assertThat(agent.pods())
                .extracting(pod -> pod.key())
                .containsExactlyInAnyOrderElementsOf(
                        tools.pods().stream().map(pod -> pod.key()).toList());
        for (var pod : agent.pods()) {
            assertThat(pod.error()).isNull();
            var other = tools.pods().stream()
                    .filter(each -> each.key().equals(pod.key()))
                    .findFirst()
                    .orElseThrow();
            same(pod.key(), pod.network(), other.network());
        }
    }

    private static void same(String whose, NamespaceReport agent, NamespaceReport tools) {
        var network = agent.network();
        var printed = tools.network();
        assertThat(network.links()).as(whose + " links").isEqualTo(printed.links());
        assertThat(network.addresses()).as(whose + " addresses").isEqualTo(printed.addresses());
        assertThat(network.rules()).as(whose + " rules").isEqualTo(printed.rules());
        assertThat(network.rules6()).as(whose + " rules6").isEqualTo(printed.rules6());
        assertThat(network.routes()).as(whose + " routes").isEqualTo(printed.routes());
        assertThat(network.routes6()).as(whose + " routes6").isEqualTo(printed.routes6());
        assertThat(shape(network.neighbours())).as(whose + " neighbours").isEqualTo(shape(printed.neighbours()));
        assertThat(shape(network.proxyNeighbours()))
                .as(whose + " proxy neighbours")
                .isEqualTo(shape(printed.proxyNeighbours()));
        assertThat(network.sysctls())
                .as(whose + " sysctls")
                .containsAllEntriesOf(Objects.requireNonNull(printed.sysctls()));
        assertThat(agent.listeners())
                .as(whose + " listeners")
                .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(tools.listeners()));
        assertThat(agent.netnsIds().entrySet())
                .as(whose + " netnsIds")
                .isSubsetOf(tools.netnsIds().entrySet());
        assertThat(rules(agent.filters())).as(whose + " filters").isEqualTo(rules(tools.filters()));
    }

    /// Without the state of the cache, which traffic may change between the two readings.
    private static Set<String> shape(@Nullable List<Neighbour> neighbours) {
        return Objects.requireNonNull(neighbours).stream()
                .map(each -> "%s %s %s %s".formatted(each.address(), each.device(), each.lladdr(), each.permanent()))
                .collect(Collectors.toSet());
    }

    private static Map<String, Object> rules(FilterReport filters) {
        return Map.of(
                "iptables", lines(filters.iptables()),
                "ip6tables", lines(filters.ip6tables()),
                "iptablesLegacy", lines(filters.iptablesLegacy()),
                "ip6tablesLegacy", lines(filters.ip6tablesLegacy()),
                "nftables", withoutCounters(elements(filters)));
    }

    /// Without comments, which say when, and without the policies' counters.
    private static List<String> lines(@Nullable String save) {
        return save == null
                ? List.of()
                : save.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .map(line -> line.replaceAll("\\[\\d+:\\d+]", ""))
                        .toList();
    }

    private static List<?> elements(FilterReport filters) {
        var list = (List<?>)
                Objects.requireNonNull(Objects.requireNonNull(filters.nftTree()).get("nftables"));
        return list.stream()
                .filter(element -> !((Map<?, ?>) element).containsKey("metainfo"))
                .toList();
    }

    private static Object withoutCounters(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var result = new TreeMap<String, Object>();
                map.forEach((key, value) -> {
                    if (!Set.of("packets", "bytes", "expires").contains(String.valueOf(key))) {
                        result.put(String.valueOf(key), withoutCounters(value));
                    }
                });
                yield result;
            }
            case List<?> list ->
                list.stream().map(AgentReportTest::withoutCounters).toList();
            case null -> "null";
            default -> tree;
        };
    }
}
