package dev.underpass.console.security;

import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/// Who asks for a page, for its templates.
///
/// @param name what they are called; empty where nobody needs to log in
/// @param role what they may do; absent where nothing
/// @param token what their forms prove with that they are ours
public record Visitor(
        String name, @Nullable Role role, @Nullable String token) {

    /// Somebody of whom nothing is known.
    public static final Visitor UNKNOWN = new Visitor("", null, null);

    private static final String ATTRIBUTE = Visitor.class.getName();

    /// Whether they may see the pages.
    public boolean viewer() {
        return may(Role.VIEWER);
    }

    /// Whether they may ask for probes.
    public boolean operator() {
        return may(Role.OPERATOR);
    }

    /// Whether they may edit.
    public boolean admin() {
        return may(Role.ADMIN);
    }

    private boolean may(Role needed) {
        return role != null && role.includes(needed);
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /// Who asks in this exchange.
    public static Visitor of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, UNKNOWN);
    }

    /// Who asks in this context.
    public static Visitor of(ContextView context) {
        return context.hasKey(Visitor.class) ? context.get(Visitor.class) : UNKNOWN;
    }

    /// A context in which this visitor asks.
    public Context into(Context context) {
        return context.put(Visitor.class, this);
    }
}
