package dev.underpass.lab;

import java.util.List;

/// A Service of the lab, with port 80 for its backends' 8080.
///
/// @param local internalTrafficPolicy is Local
/// @param sticky sessionAffinity is ClientIP
public record LabService(String name, Addresses clusterIps, List<LabPod> backends, boolean local, boolean sticky) {

    static final int PORT = 80;
    static final int TARGET_PORT = 8080;

    public LabService {
        backends = List.copyOf(backends);
    }

    /// As kube-proxy names its port.
    String portName() {
        return "lab/" + name + ":http";
    }

    /// The backends that kube-proxy of the node chooses from.
    List<LabPod> backends(LabNode node) {
        return local ? backends.stream().filter(pod -> pod.node().equals(node)).toList() : backends;
    }
}
