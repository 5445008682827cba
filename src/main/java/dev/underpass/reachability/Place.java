package dev.underpass.reachability;

/// Where in the cluster a hop happens.
///
/// @param name a Pod as `namespace/name`, a node's name, or what the fabric's part is called
public record Place(Kind kind, String name) {

    /// What kind of place it is.
    public enum Kind {
        POD,
        NODE,
        FABRIC
    }

    @Override
    public String toString() {
        return switch (kind) {
            case POD -> "Pod " + name;
            case NODE -> "node " + name;
            case FABRIC -> name;
        };
    }
}
