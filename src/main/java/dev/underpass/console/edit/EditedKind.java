package dev.underpass.console.edit;

import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;

/// The kinds of resources that can be edited.
public enum EditedKind {
    COORDINATOR("coordinators", Kinds.COORDINATOR),
    IP_POOL("ippools", Kinds.IP_POOL),
    MULTUS_CONFIG("multusconfigs", Kinds.MULTUS_CONFIG),
    RESERVED_IP("reservedips", Kinds.RESERVED_IP),
    SUBNET("subnets", Kinds.SUBNET);

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // A record whose reader is a method reference.
    private final Kind<?> kind;

    EditedKind(String path, Kind<?> kind) {
        this.path = path;
        this.kind = kind;
    }

    /// The last part of its path in the REST API.
    public String path() {
        return path;
    }

    public Kind<?> kind() {
        return kind;
    }
}
