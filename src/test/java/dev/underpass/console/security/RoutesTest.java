package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.reports.TokenReviews;
import dev.underpass.console.security.Access.Who;
import dev.underpass.oidc.TestProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import reactor.core.publisher.Mono;

/// Every route of the console, asked by everybody, against the table of who may do what.
@SecuredConsoleTest
@Import(RoutesTest.Agents.class)
class RoutesTest {

    /// Tokens of agents name their node.
    @TestConfiguration(proxyBeanMethods = false)
    static class Agents {

        @Bean
        @Primary
        TokenReviews reviewsOfAgents() {
            return (token, audience) -> Mono.just(
                    token.startsWith("agent-of-")
                            ? new TokenReviews.Review(
                                    true,
                                    "system:serviceaccount:underpass:underpass-agent",
                                    List.of(audience),
                                    token.substring("agent-of-".length()))
                            : new TokenReviews.Review(false, "", List.of(), null));
        }
    }

    private static final TestProvider PROVIDER = TestProvider.running();
    private static final Path PAGE = Path.of("docs/operations.md");
    private static final String BEGIN = "<!-- AccessTable.java -->\n";
    private static final String END = "<!-- end of AccessTable.java -->\n";

    /// Who asks, by which token.
    enum Asking {
        ANONYMOUS,
        VIEWER,
        OPERATOR,
        ADMIN,
        AGENT_OF_THE_NODE,
        AGENT_OF_ANOTHER_NODE;

        @Nullable
        String token() {
            return switch (this) {
                case ANONYMOUS -> null;
                case VIEWER -> PROVIDER.token("viewer", _ -> {});
                case OPERATOR -> PROVIDER.token("operator", _ -> {});
                case ADMIN -> PROVIDER.token("admin", _ -> {});
                case AGENT_OF_THE_NODE -> "agent-of-node1";
                case AGENT_OF_ANOTHER_NODE -> "agent-of-node2";
            };
        }

        boolean may(Who who) {
            return switch (who) {
                case EVERYBODY -> this == ANONYMOUS || compareTo(ADMIN) <= 0;
                case VIEWER -> compareTo(VIEWER) >= 0 && compareTo(ADMIN) <= 0;
                case OPERATOR -> compareTo(OPERATOR) >= 0 && compareTo(ADMIN) <= 0;
                case ADMIN -> this == ADMIN;
                case AGENT_OF_THE_NODE -> this == AGENT_OF_THE_NODE;
                case NOBODY -> false;
            };
        }
    }

    record Route(HttpMethod method, String path) {}

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    private final HttpClient client = HttpClient.newHttpClient();

    private Set<Route> mapped() {
        return context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(info -> info.getPatternsCondition().getPatterns().stream()
                        .flatMap(pattern -> info.getMethodsCondition().getMethods().stream()
                                .map(method -> new Route(method.asHttpMethod(), pattern.getPatternString()))))
                .collect(Collectors.toSet());
    }

    private static Set<Route> tabled() {
        return AccessTable.ROWS.stream()
                .flatMap(row -> row.paths().stream().map(path -> new Route(row.method(), path)))
                .collect(Collectors.toSet());
    }

    @Test
    void everyRouteHasItsRowAndEveryRowItsRoute() {
        var files = Set.of("/assets/**", "/actuator/health/**", "/actuator/prometheus");
        var tabled = tabled();
        // What is under /at/ is the same routes, of another time.
        tabled.removeIf(route -> files.contains(route.path()) || route.path().startsWith("/at/"));

        assertThat(mapped()).hasSizeGreaterThan(80).isEqualTo(tabled);
        assertThat(context.getBeansOfType(RouterFunction.class)).isEmpty();
    }

    static Stream<Asking> everybody() {
        return Stream.of(Asking.values());
    }

    @ParameterizedTest
    @MethodSource("everybody")
    void everybodyMayDoWhatTheTableSaysAndNothingElse(Asking asking) throws Exception {
        var wrong = new TreeSet<String>();
        var token = asking.token();
        for (var row : AccessTable.ROWS) {
            for (var path : row.paths()) {
                var answer = answered(row.method(), path, token);
                if (letIn(answer) != asking.may(row.who())) {
                    wrong.add("%s %s: %s".formatted(row.method(), path, answer));
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static boolean letIn(String answer) {
        boolean refused = answer.startsWith("401") || answer.startsWith("302") || answer.startsWith("403");
        return !refused || answer.contains("read-only") || answer.contains("Location: /changes/");
    }

    /// The status, and what was said beside it.
    private String answered(HttpMethod method, String path, @Nullable String token) throws Exception {
        var uri = path.replace("/**", "/x")
                .replace("{node}", "node1")
                .replaceAll("\\{[a-z]+}", "x")
                .replace("*", "x");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + uri))
                .header(
                        "Content-Type",
                        uri.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded")
                .method(method.name(), HttpRequest.BodyPublishers.ofString(method.equals(HttpMethod.GET) ? "" : "x"));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            boolean said = answer.statusCode() / 100 == 4;
            return answer.statusCode() + " " + (said ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "");
        }
    }

    @Test
    void nobodyChangesWhatNoRowKnows() throws Exception {
        for (var asking : List.of(Asking.VIEWER, Asking.ADMIN)) {
            assertThat(answered(HttpMethod.POST, "/nowhere", asking.token())).startsWith("403");
            assertThat(answered(HttpMethod.DELETE, "/pods/x/x", asking.token())).startsWith("403");
            assertThat(answered(HttpMethod.GET, "/nowhere", asking.token())).startsWith("404");
        }
        assertThat(answered(HttpMethod.GET, "/actuator/env", Asking.VIEWER.token()))
                .startsWith("404");
    }

    /// The table as the page shows it; `-Dgolden.update=true` writes it.
    @Test
    void theDocumentsShowTheTable() throws IOException {
        var page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(from).isBetween(BEGIN.length(), to);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, from) + shown() + page.substring(to));
        }

        assertThat(Files.readString(PAGE)).contains(BEGIN + shown() + END);
    }

    private static String shown() {
        var head = Stream.of(
                "| what | request | "
                        + columns(asking ->
                                asking.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')),
                "| --- | --- | " + columns(_ -> "---"));
        var rows = AccessTable.ROWS.stream()
                .map(row -> "| %s | %s %s | %s"
                        .formatted(
                                row.what(),
                                row.method(),
                                row.paths().stream().map("`%s`"::formatted).collect(Collectors.joining(", ")),
                                columns(asking -> asking.may(row.who()) ? "yes" : "no")));
        return Stream.concat(head, rows).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String columns(java.util.function.Function<Asking, String> cell) {
        return Stream.of(Asking.values()).map(cell).collect(Collectors.joining(" | ", "", " |"));
    }
}
