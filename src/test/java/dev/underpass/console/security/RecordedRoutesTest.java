package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.recordings.OfThen;
import dev.underpass.console.security.Access.Row;
import dev.underpass.console.security.Access.Who;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/// The table of what is answered, against the list of what is answered of a recording: a page that is new has to be put
/// on that list, or here.
class RecordedRoutesTest {

    /// What is only of now: what the console itself holds, what is being done, and objects as the API has them.
    private static final List<String> ONLY_OF_NOW = List.of(
            "/assets/**",
            "/actuator/health/**",
            "/actuator/prometheus",
            "/signed-out",
            "/trace/{id}",
            "/changes",
            "/changes/{id}",
            "/setup",
            "/settings",
            "/views",
            "/views/{id}",
            "/recordings",
            "/networks/access",
            "/coordinator/new",
            "/coordinator/{name}/edit",
            "/coordinator/{name}/delete",
            "/pools/new",
            "/pools/{name}/edit",
            "/pools/{name}/delete",
            "/reservedips/new",
            "/reservedips/{name}/edit",
            "/reservedips/{name}/delete",
            "/networks/new",
            "/networks/{namespace}/{name}/edit",
            "/networks/{namespace}/{name}/delete",
            "/changes/draft/{id}",
            "/changes/draft/{id}/edit",
            "/api/v1/bundle",
            "/api/v1/recordings",
            "/api/v1/recordings/{id}",
            "/api/v1/recordings/{id}/bundle",
            "/api/v1/nodes/{node}/commands",
            "/api/v1/setup",
            "/api/v1/journal",
            "/api/v1/events",
            "/api/v1/probes/{id}",
            "/api/v1/edits",
            "/api/v1/edits/{id}",
            "/api/v1/coordinators",
            "/api/v1/coordinators/{name}",
            "/api/v1/ippools",
            "/api/v1/ippools/{name}",
            "/api/v1/ippools/{name}/addresses",
            "/api/v1/reservedips",
            "/api/v1/reservedips/{name}",
            "/api/v1/subnets",
            "/api/v1/subnets/{name}",
            "/api/v1/multusconfigs",
            "/api/v1/multusconfigs/{namespace}/{name}",
            "/v3/api-docs",
            "/v3/api-docs.yaml");

    private static Stream<String> looks() {
        return AccessTable.ROWS.stream()
                .filter(row -> row.method().equals(HttpMethod.GET))
                .flatMap(row -> row.paths().stream())
                .filter(path -> !path.startsWith("/at/"));
    }

    private static String asked(String pattern) {
        return pattern.replaceAll("\\{[a-z]+}|\\*\\*", "x");
    }

    @Test
    void allThatCanBeLookedAtIsOfThenOrOnlyOfNow() {
        assertThat(looks()).containsAll(ONLY_OF_NOW);
        assertThat(looks().filter(path -> !ONLY_OF_NOW.contains(path)))
                .hasSizeGreaterThan(30)
                .containsExactlyInAnyOrderElementsOf(OfThen.patterns())
                .allMatch(path -> OfThen.answers(asked(path)), "is answered of then");
        assertThat(ONLY_OF_NOW).noneMatch(path -> OfThen.answers(asked(path)));
    }

    static List<String> patterns() {
        return OfThen.patterns();
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void whoMayLookAtItMayLookAtItOfThenAndItCountsAsTheSame(String pattern) {
        var now = row(asked(pattern));
        var then = row("/at/20261123T100000Z" + asked(pattern));

        assertThat(now.who()).isEqualTo(Who.VIEWER);
        assertThat(then.who()).isEqualTo(now.who());
        assertThat(then.does()).isEqualTo(now.does());
    }

    private static Row row(String path) {
        return Access.row(MockServerHttpRequest.get(path).build()).orElseThrow();
    }
}
