package dev.underpass.diagnosis.matrix;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.PodNetwork.Mode;
import dev.underpass.diagnosis.Analysis;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/// Pods that decide by the same lines, once their own and their node's names and addresses are replaced by what they
/// are. Where a backend runs, and what a neighbour entry says, can still tell two of them apart.
///
/// @param id the same for the same lines, in every analysis
/// @param lines rules, routes, devices and how the node forwards
/// @param differs what the largest class of the same attachment has and this one lacks (`-`), and the reverse (`+`)
/// @param pods by name
public record ClientClass(
        String id, String attachment, Mode mode, List<String> lines, List<String> differs, List<ObjectName> pods) {

    public ClientClass {
        lines = List.copyOf(lines);
        differs = List.copyOf(differs);
        pods = List.copyOf(pods);
    }

    /// The classes of all clients of a cluster.
    public static List<ClientClass> all(Analysis analysis) {
        return ClientClasses.of(analysis);
    }

    /// Its Pods, those together whose connections all end alike.
    Collection<List<ObjectName>> alike(Analysis analysis) {
        return pods.stream()
                .collect(groupingBy(analysis::standIn, LinkedHashMap::new, toList()))
                .values();
    }

    ClientClass differing(List<String> from) {
        return new ClientClass(id, attachment, mode, lines, from, pods);
    }
}
