package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.objects.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How far a page can see a kind of resource that it rests on.
///
/// @param observed whether an empty list means that there are none
/// @param state as the set-up page has it; absent of a bundle
record Sight(Kind<?> kind, boolean observed, @Nullable ResourceState state) {

    private static final Pattern VERB = Pattern.compile("cannot ([a-z]+) resource");
    private static final Pattern WHO = Pattern.compile("User \"([^\"\\s]+)\"");

    /// Whether what can be seen is all, and if not, what it is instead. The words are keys of the pages' texts.
    enum Clarity {
        CLEAR,
        /// It is being listed for the first time.
        STARTING,
        /// The API does not answer; what was read before is shown.
        INTERRUPTED,
        /// The API does not answer, and never did.
        UNANSWERED,
        FORBIDDEN,
        /// There are none, because the API serves no such resource.
        ABSENT,
        /// A bundle without it.
        UNRECORDED
    }

    static Sight of(List<ResourceState> states, ClusterSnapshot snapshot, Kind<?> kind) {
        var state = states.stream().filter(each -> each.kind().equals(kind)).findFirst();
        boolean observed = state.map(ResourceState::observed).orElseGet(() -> snapshot.observes(kind.resource()));
        return new Sight(kind, observed, state.orElse(null));
    }

    Clarity clarity() {
        if (state == null) {
            return observed ? Clarity.CLEAR : Clarity.UNRECORDED;
        }
        return switch (state.status()) {
            case WATCHED -> Clarity.CLEAR;
            case STARTING -> Clarity.STARTING;
            case ABSENT -> Clarity.ABSENT;
            case FORBIDDEN -> Clarity.FORBIDDEN;
            case INTERRUPTED -> observed ? Clarity.INTERRUPTED : Clarity.UNANSWERED;
        };
    }

    /// As RBAC and kubectl name it.
    public String resource() {
        return kind.resource();
    }

    /// What the API said; empty when all is well.
    public String reason() {
        return state == null ? "" : Objects.requireNonNullElse(state.reason(), "");
    }

    /// What the console may not do: `list` where the API does not say.
    public String verb() {
        var match = VERB.matcher(reason());
        return match.find() ? match.group(1) : "list";
    }

    /// When it became so.
    public @Nullable Instant since() {
        return state == null ? null : state.since();
    }

    long ageSeconds(Instant now) {
        var since = since();
        return since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds());
    }

    /// The objects that are left out, with the reason.
    Map<String, String> unreadable() {
        return state == null ? Map.of() : state.unreadable();
    }

    /// What to ask Kubernetes about it.
    public String command() {
        return command(verb()) + (kind.namespaced() ? " --all-namespaces" : "");
    }

    /// What to ask Kubernetes about another verb.
    public String command(String verb) {
        var match = WHO.matcher(reason());
        var who = match.find() ? match.group(1) : "system:serviceaccount:underpass:underpass";
        return "kubectl auth can-i %s %s --as=%s".formatted(verb, kind.resource(), who);
    }
}
