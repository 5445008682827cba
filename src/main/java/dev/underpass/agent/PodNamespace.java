package dev.underpass.agent;

import java.nio.file.Path;

/// A Pod's network namespace on this node.
///
/// @param namespace the Pod's Kubernetes namespace; empty, like `name`, while only the uid is known
/// @param path by which the namespace can be entered
/// @param inode the namespace's number, which no other living one has
/// @param root the file system of one of the Pod's processes; the path is empty where there is none
record PodNamespace(String uid, String namespace, String name, Path path, String inode, Path root) {

    /// The same Pod under the name that somebody else knows.
    PodNamespace named(String otherNamespace, String otherName) {
        return new PodNamespace(uid, otherNamespace, otherName, path, inode, root);
    }
}
