package dev.underpass.console.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;

/// What a person or a program may do; each may do all that the ones before it may.
public enum Role {
    /// Looks at everything.
    VIEWER,
    /// Also asks agents to probe.
    OPERATOR,
    /// Also edits.
    ADMIN;

    /// The name that Spring Security knows it by.
    String authority() {
        return "ROLE_" + name();
    }

    /// The name that people give it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /// The greatest of the authorities that are roles; empty where none is.
    static Optional<Role> of(Collection<? extends GrantedAuthority> authorities) {
        return Arrays.stream(values())
                .filter(role ->
                        authorities.stream().anyMatch(each -> role.authority().equals(each.getAuthority())))
                .max(Comparator.naturalOrder());
    }
}
