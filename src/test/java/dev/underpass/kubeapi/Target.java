package dev.underpass.kubeapi;

/// The object that a write is about.
///
/// @param namespace empty for a resource of the cluster
/// @param name empty where a new object brings it
/// @param subresource `status`, else empty
record Target(ResourceType type, String namespace, String name, String subresource) {

    Store.Key key() {
        return new Store.Key(type.qualified(), namespace, name);
    }

    Target named(String other) {
        return new Target(type, namespace, other, subresource);
    }

    boolean status() {
        return subresource.equals("status");
    }
}
