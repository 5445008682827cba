package dev.underpass.console.analysis;

import java.util.Optional;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/// A cluster as it was, for a request that asks about that.
public final class Earlier {

    private Earlier() {}

    /// A context in which this is the current analysis.
    public static Context in(Context context, ClusterView view) {
        return context.put(Earlier.class, view);
    }

    static Optional<ClusterView> of(ContextView context) {
        return context.getOrEmpty(Earlier.class);
    }
}
