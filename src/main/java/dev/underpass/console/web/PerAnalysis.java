package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/// What pages work out once for each analysis, as long as that is there. Nothing of it may keep the analysis.
final class PerAnalysis<T> {

    private final Map<ClusterView, T> kept = Collections.synchronizedMap(new WeakHashMap<>());

    T get(ClusterView cluster, Function<ClusterView, T> work) {
        return kept.computeIfAbsent(cluster, work);
    }
}
