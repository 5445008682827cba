package dev.underpass.console.setup;

import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the API serves a kind that a CustomResourceDefinition makes, in the version that the console asks for.
///
/// @param served absent where nothing tells
/// @param since when this became so; absent where nothing tells
public record Definition(
        String resource,
        String version,
        @Nullable Boolean served,
        @Nullable Instant since) {

    private static final List<Kind<?>> CUSTOM = List.of(
            Kinds.COORDINATOR,
            Kinds.IP_POOL,
            Kinds.SUBNET,
            Kinds.RESERVED_IP,
            Kinds.ENDPOINT,
            Kinds.MULTUS_CONFIG,
            Kinds.ATTACHMENT,
            Kinds.CALICO_POOL,
            Kinds.CILIUM_POOL,
            Kinds.CILIUM_NODE);

    /// Without these there is no underlay network that Underpass knows of.
    private static final List<String> NEEDED =
            List.of(Kinds.COORDINATOR.resource(), Kinds.IP_POOL.resource(), Kinds.ATTACHMENT.resource());

    /// Of each kind.
    ///
    /// @param states none where a bundle is shown, which does not tell
    static List<Definition> of(List<ResourceState> states) {
        return CUSTOM.stream()
                .map(kind -> of(
                        kind,
                        states.stream()
                                .filter(state -> state.kind().equals(kind))
                                .findFirst()))
                .toList();
    }

    /// Whoever may not list a kind does not hear whether there is one.
    private static Definition of(Kind<?> kind, Optional<ResourceState> known) {
        return known.flatMap(state -> switch (state.status()) {
                    case WATCHED -> Optional.of(new Definition(kind.resource(), kind.version(), true, state.since()));
                    case ABSENT -> Optional.of(new Definition(kind.resource(), kind.version(), false, state.since()));
                    case STARTING, FORBIDDEN, INTERRUPTED -> Optional.empty();
                })
                .orElse(new Definition(kind.resource(), kind.version(), null, null));
    }

    private boolean needed() {
        return NEEDED.contains(resource);
    }

    /// What the check comes to: a cluster has one overlay, and not the CRDs of all.
    static Result result(List<Definition> all) {
        var needed = all.stream().filter(Definition::needed).toList();
        return needed.stream().anyMatch(each -> Boolean.FALSE.equals(each.served()))
                ? Result.LACKING
                : needed.stream().allMatch(each -> Boolean.TRUE.equals(each.served())) ? Result.GOOD : Result.UNKNOWN;
    }
}
