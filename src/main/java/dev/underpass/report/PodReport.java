package dev.underpass.report;

import org.jspecify.annotations.Nullable;

/// What was read in one Pod's network namespace.
///
/// @param namespace the Pod's Kubernetes namespace; empty, like `name`, where only the uid is known
/// @param error why the namespace, or a part of it, could not be read; absent when all was
public record PodReport(
        String namespace,
        String name,
        String uid,
        String netns,
        @Nullable String error,
        NamespaceReport network) {

    /// What tells the Pod from every other of its node.
    public String key() {
        return uid.isEmpty() ? namespace + "/" + name : uid;
    }

    /// The same with the name that the uid stands for.
    public PodReport withName(String itsNamespace, String itsName) {
        return new PodReport(itsNamespace, itsName, uid, netns, error, network);
    }
}
