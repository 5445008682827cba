package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// What Pods have in common, beside their list; and all that is wrong with a query.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class FacetsTest {

    private static final Pattern FACET = Pattern.compile(
            "<a id=\"facet-([a-z]+)-([^\"]+)\" href=\"([^\"]+)\"><span>[^<]*</span> <span>([\\d,]+)</span>");

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private List<MatchResult> facets(String query) {
        return FACET.matcher(Clients.page(port, "/pods?q={q}", query)).results().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "verdict:unreachable", "-node:node2", "cni:macvlan"})
    void aValueLeadsToAsManyPodsAsItSays(String query) {
        var facets = facets(query);

        assertThat(facets).isNotEmpty();
        for (var facet : facets) {
            var address = URLDecoder.decode(facet.group(3), StandardCharsets.UTF_8);
            assertThat(address).contains("q=" + (query + " " + facet.group(1) + ":" + facet.group(2)).strip());
            assertThat(Clients.page(port, "/pods?q={q}", address.substring(address.indexOf("q=") + 2)))
                    .as(address)
                    .contains(">" + facet.group(4) + " of 8 Pods");
        }
    }

    @Test
    void whatAllHaveInCommonIsNoChoice() {
        assertThat(facets("ns:lab")).extracting(facet -> facet.group(1)).doesNotContain("ns");
        assertThat(facets("verdict:unreachable"))
                .extracting(facet -> facet.group(1))
                .contains("code")
                .doesNotContain("verdict");
    }

    @Test
    void whatEveryPodOfTheListHasIsToldAndIsNoLink() {
        var page = Clients.page(port, "/pods?q={q}", "attachment:overlay attachment:overlay");

        assertThat(facets("attachment:overlay"))
                .extracting(facet -> facet.group(2))
                .contains("overlay+macvlan")
                .doesNotContain("overlay");
        assertThat(page).containsOnlyOnce("id=\"chip-").contains("<span class=\"whole\"><span>overlay</span>");
    }

    @Test
    void ofAQueryThatIsNotClearAllIsToldAtOnceAndNothingIsOffered() {
        var query = "foo:1 verdict:unreachable node: ip:10.6.0.9/24";
        var page = Clients.page(port, "/pods?q={q}", query);

        assertThat(page).contains("<mark>foo:1</mark>", "<mark>node:</mark>", "<mark>ip:10.6.0.9/24</mark>");
        assertThat(page.split("id=\"q-error\"", -1)).hasSize(2);
        assertThat(facets(query)).isEmpty();
        assertThat(Clients.page(port, "/topology?q={q}", query)).contains("<mark>foo:1</mark>", "<mark>node:</mark>");
    }
}
