package dev.underpass.console.security;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/// Who may do what, by the most specific row of the table that knows a request.
final class Access {

    /// Who may.
    enum Who {
        /// Also those who have not logged in.
        EVERYBODY,
        /// The agent of the node that the path names; the reports' intake checks it.
        AGENT_OF_THE_NODE,
        VIEWER,
        OPERATOR,
        ADMIN,
        NOBODY;

        Optional<Role> role() {
            return switch (this) {
                case EVERYBODY, AGENT_OF_THE_NODE, NOBODY -> Optional.empty();
                case VIEWER -> Optional.of(Role.VIEWER);
                case OPERATOR -> Optional.of(Role.OPERATOR);
                case ADMIN -> Optional.of(Role.ADMIN);
            };
        }

        private boolean includes(Optional<Role> role) {
            return this == EVERYBODY
                    || role().flatMap(needed -> role.filter(has -> has.includes(needed)))
                            .isPresent();
        }
    }

    /// What a request does, as far as it is limited and written down.
    enum Does {
        LOOK,
        /// Works something out.
        TRACE,
        /// Has an agent do something.
        PROBE,
        /// Tries an edit without making it.
        TRY,
        WRITE
    }

    /// @param what it is that is done, in the words of the documents
    record Row(Who who, Does does, String what, HttpMethod method, List<String> paths) {

        Row {
            paths = List.copyOf(paths);
        }
    }

    private record Rule(PathPattern pattern, Row row) {}

    /// As the router does it: the most specific pattern decides.
    private static final List<Rule> RULES = AccessTable.ROWS.stream()
            .flatMap(Access::rules)
            .sorted(Comparator.comparing(Rule::pattern))
            .toList();

    private Access() {}

    private static Stream<Rule> rules(Row row) {
        return row.paths().stream().map(path -> new Rule(PathPatternParser.defaultInstance.parse(path), row));
    }

    /// The row that decides about a request.
    static Optional<Row> row(ServerHttpRequest request) {
        var method = Paths.changes(request) ? request.getMethod() : HttpMethod.GET;
        var path = request.getPath().pathWithinApplication();
        return RULES.stream()
                .filter(rule ->
                        rule.row().method().equals(method) && rule.pattern().matches(path))
                .findFirst()
                .map(Rule::row);
    }

    /// Who may ask this. What no row knows is not served: viewers are told so, and nobody changes anything.
    static Who who(ServerHttpRequest request) {
        return row(request).map(Row::who).orElse(Paths.changes(request) ? Who.NOBODY : Who.VIEWER);
    }

    static Mono<AuthorizationResult> decision(Mono<Authentication> asking, AuthorizationContext context) {
        var who = who(context.getExchange().getRequest());
        return asking.filter(Authentication::isAuthenticated)
                .map(each -> Role.of(each.getAuthorities()))
                .defaultIfEmpty(Optional.empty())
                .map(role -> new AuthorizationDecision(who.includes(role)));
    }
}
