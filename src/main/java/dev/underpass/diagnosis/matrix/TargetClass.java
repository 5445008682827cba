package dev.underpass.diagnosis.matrix;

import dev.underpass.diagnosis.Analysis;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.reachability.Target;
import java.util.List;
import java.util.function.Function;

/// Targets that are alike: of one kind, type and address family, with backends that are attached in the same ways.
///
/// @param id the same for the same properties, in every analysis
/// @param type the Service's type; empty for Pod addresses
/// @param backends the attachments behind the targets; empty where there is no endpoint
/// @param local `internalTrafficPolicy: Local`
public record TargetClass(
        String id, Kind kind, String type, Family family, List<String> backends, boolean local, List<Target> targets) {

    public TargetClass {
        backends = List.copyOf(backends);
        targets = List.copyOf(targets);
    }

    /// The ids of the classes of a cluster's targets, without what else is in them.
    public static Function<Target, String> ids(Analysis analysis) {
        var classes = new TargetClasses(analysis);
        return target -> classes.keyOf(target).id();
    }

    /// What a connection is made to.
    public enum Kind {
        SERVICE,
        POD_IP,
        NODE_PORT
    }
}
