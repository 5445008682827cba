package dev.underpass.diagnosis.matrix;

import dev.underpass.net.IpAddress.Family;
import dev.underpass.reachability.Target;
import java.util.List;

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

    /// What a connection is made to.
    public enum Kind {
        SERVICE,
        POD_IP,
        NODE_PORT
    }
}
