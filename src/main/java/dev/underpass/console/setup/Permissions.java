package dev.underpass.console.setup;

import dev.underpass.console.Impersonated;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.console.edit.Right;
import dev.underpass.console.edit.Rights;
import dev.underpass.console.edit.Rights.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// What the cluster lets the console read, and lets the console, or whom it acts for, edit.
@Component
public class Permissions {

    private static final List<String> VERBS = List.of("create", "patch", "delete");

    /// Questions wait for the API on threads that pages need, too.
    private static final int AT_ONCE = 3;

    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final Rights rights;
    private final CurrentAnalysis analysis;

    Permissions(Rights rights, CurrentAnalysis analysis) {
        this.rights = rights;
        this.analysis = analysis;
    }

    /// What the cluster says of a verb on all objects of a kind, in whatever namespace.
    ///
    /// @param verb `list,watch`, `create`, `patch` or `delete`
    /// @param allowed absent where it does not say
    public record Permission(
            String verb, String resource, @Nullable Boolean allowed) {}

    /// What is allowed.
    ///
    /// @param who as the cluster calls whom the console edits for; empty where it edits by its own rights
    public record Allowed(String who, List<Permission> permissions) {

        public Allowed {
            permissions = List.copyOf(permissions);
        }

        /// What the cluster would refuse.
        public List<Permission> refused() {
            return permissions.stream()
                    .filter(each -> Boolean.FALSE.equals(each.allowed()))
                    .toList();
        }

        /// Of what it does not say.
        public List<Permission> unsaid() {
            return permissions.stream().filter(each -> each.allowed() == null).toList();
        }

        /// What the check comes to.
        Result result() {
            return !refused().isEmpty()
                    ? Result.LACKING
                    : permissions.isEmpty() || !unsaid().isEmpty() ? Result.UNKNOWN : Result.GOOD;
        }
    }

    /// Nothing where a bundle is shown: nobody is asked.
    Mono<Allowed> allowed() {
        return Mono.deferContextual(context -> {
            var who = Impersonated.of(context).map(Impersonated::user).orElse("");
            return Flux.concat(reading(), writing()).collectList().map(all -> new Allowed(who, all));
        });
    }

    private Flux<Permission> reading() {
        return Flux.fromIterable(analysis.resourceStates())
                .map(state -> new Permission("list,watch", state.kind().resource(), reads(state)));
    }

    /// The API looks at rights before it looks for the resource.
    private static @Nullable Boolean reads(ResourceState state) {
        return switch (state.status()) {
            case WATCHED, ABSENT -> true;
            case FORBIDDEN -> false;
            case STARTING, INTERRUPTED -> null;
        };
    }

    /// What the API does not say soon is unsaid.
    private Flux<Permission> writing() {
        var asked = analysis.live().isEmpty() ? List.<Right>of() : asked();
        return Flux.fromIterable(asked)
                .flatMap(right -> rights.answer(right).map(answer -> Map.entry(right, answer)), AT_ONCE)
                .take(PATIENCE)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .flatMapIterable(answers -> asked.stream()
                        .map(right -> permission(right, answers.getOrDefault(right, Answer.UNKNOWN)))
                        .toList());
    }

    private static List<Right> asked() {
        return Arrays.stream(EditedKind.values())
                .flatMap(kind -> VERBS.stream().map(verb -> new Right(verb, kind, "", "")))
                .toList();
    }

    private static Permission permission(Right right, Answer answer) {
        return new Permission(
                right.verb(),
                right.kind().kind().resource(),
                switch (answer) {
                    case ALLOWED -> Boolean.TRUE;
                    case REFUSED -> Boolean.FALSE;
                    case UNKNOWN -> null;
                });
    }
}
