package dev.underpass.cluster;

/// The namespace and name of a namespaced Kubernetes object, written `namespace/name`.
public record ObjectName(String namespace, String name) implements Comparable<ObjectName> {

    public ObjectName {
        if (namespace.isBlank() || name.isBlank() || namespace.contains("/") || name.contains("/")) {
            throw new IllegalArgumentException("not a namespace and a name: '%s/%s'".formatted(namespace, name));
        }
    }

    /// Reads `namespace/name`.
    ///
    /// @throws IllegalArgumentException if the text has no slash, or more than one
    public static ObjectName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not NAMESPACE/NAME: '" + text + "'");
        }
        return new ObjectName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ObjectName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
