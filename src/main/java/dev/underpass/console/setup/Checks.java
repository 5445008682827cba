package dev.underpass.console.setup;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.setup.Permissions.Allowed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the console can do in this cluster, each with what it was concluded from.
///
/// @param results what each check comes to, by its name here
public record Checks(
        Map<String, Result> results,
        Agents agents,
        Clocks clocks,
        List<ProxyMode> kubeProxy,
        Ranges ranges,
        List<Definition> definitions,
        Allowed permissions) {

    static Checks of(ClusterView cluster, List<ResourceState> states, Allowed allowed) {
        var agents = Agents.of(cluster);
        var clocks = Clocks.of(cluster);
        var modes = ProxyMode.of(cluster);
        var ranges = Ranges.of(cluster.analysis().snapshot());
        var definitions = Definition.of(states);
        var results = new LinkedHashMap<String, Result>();
        results.put("agents", agents.result());
        results.put("clocks", clocks.result());
        results.put("kubeProxy", ProxyMode.result(modes));
        results.put("ranges", ranges.result());
        results.put("definitions", Definition.result(definitions));
        results.put("permissions", allowed.result());
        return new Checks(results, agents, clocks, modes, ranges, definitions, allowed);
    }
}
