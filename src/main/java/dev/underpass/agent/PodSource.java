package dev.underpass.agent;

import java.io.IOException;
import java.util.List;

/// Where the node's Pods are found.
interface PodSource {

    /// The Pods that run now and have a network namespace of their own.
    ///
    /// @throws IOException if the place cannot be read at all
    List<PodNamespace> find() throws IOException;
}
