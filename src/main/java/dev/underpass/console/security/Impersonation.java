package dev.underpass.console.security;

import dev.underpass.console.Impersonated;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whether and as whom the cluster takes edits of people and programs.
///
/// @param enabled whether they edit with their own rights in the cluster; otherwise with the console's
/// @param userPrefix what the API server puts before their names, `--oidc-username-prefix`
/// @param groupPrefix what the API server puts before their groups, `--oidc-groups-prefix`
record Impersonation(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("") String userPrefix,
        @DefaultValue("") String groupPrefix) {

    /// Names that only the cluster itself gives.
    private static final String RESERVED = "system:";

    /// Whether somebody of this name may not come in: the cluster would take them for one of its own, or a header
    /// cannot carry it.
    boolean forbids(String name) {
        return enabled && !isPossible(userPrefix + name);
    }

    private static boolean isPossible(String name) {
        return !name.startsWith(RESERVED) && name.codePoints().noneMatch(Character::isISOControl);
    }

    /// Somebody as the cluster knows them, without groups that only the cluster itself gives.
    Impersonated of(String name, List<String> groups) {
        return new Impersonated(
                userPrefix + name,
                groups.stream()
                        .map(groupPrefix::concat)
                        .filter(Impersonation::isPossible)
                        .toList());
    }
}
