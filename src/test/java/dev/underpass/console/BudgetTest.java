package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.bench.GeneratedCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// How much a browser has to load: no page of a cluster with 3,000 Pods on 60 nodes is larger than one of any cluster
/// may be. Times are measured by `scripts/page-times`.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class BudgetTest {

    private static final int KILO = 1000;
    private static final int PODS = 3_000;
    private static final int SERVICES = 10;
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/[^\"]+\\.(?:js|css))\"");

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> {
            new GeneratedCluster(PODS, SERVICES).write(folder);
            return "bundle:" + folder;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/pods",
                "/pods?q=verdict:unreachable",
                "/pods/lab/macvlan-199",
                "/pods/lab/macvlan-199/routes",
                "/pods/lab/macvlan-199/services",
                "/pods/lab/macvlan-199/interfaces",
                "/services",
                "/services/lab/service-00001",
                "/nodes",
                "/nodes/node1",
                "/findings",
                "/findings/U21",
                "/findings/U54",
                "/reachability",
                "/topology",
                "/topology?view=table",
                "/topology?q=verdict:unreachable",
                "/topology?q=ip:10.6.16.0/22&group=pod",
                "/topology?view=nodes",
                "/topology?group=network",
                "/topology?group=pod",
                "/topology?sel=node:node1",
                "/topology?level=network&id=10.6.0.0/16",
                "/topology?level=node&id=node1&group=node",
                "/trace?from=lab/macvlan-199&to=lab/service-00001:80",
                "/pools",
                "/pools/v4-10-6",
                "/networks",
                "/coordinator",
                "/changes",
                "/setup"
            })
    void isNoLargerThanABrowserLikes(String path) {
        var page = PageSize.of(Clients.page(port, path).getBytes(StandardCharsets.UTF_8));

        assertThat(page.broken()).as(page.toString()).isEmpty();
    }

    @Test
    void loadsFewScriptsAndStyles() {
        var assets = ASSET.matcher(Clients.page(port, "/"))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(assets).isNotEmpty();
        assertThat(packed(assets, ".js")).isBetween(1, 32 * KILO);
        assertThat(packed(assets, ".css")).isBetween(1, 20 * KILO);
    }

    private int packed(List<String> assets, String kind) {
        return assets.stream()
                .filter(asset -> asset.endsWith(kind))
                .mapToInt(asset -> PageSize.packed(Objects.requireNonNull(Clients.of(port)
                        .get()
                        .uri(asset)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody())))
                .sum();
    }
}
