package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.words.Sentence;

/// What rules need to have been read of the cluster; where it was not, they say so instead of guessing.
final class Known {

    static final String COORDINATORS = "spidercoordinators.spiderpool.spidernet.io";
    static final String POOLS = "spiderippools.spiderpool.spidernet.io";
    static final String SUBNETS = "spidersubnets.spiderpool.spidernet.io";
    static final String RESERVED_IPS = "spiderreservedips.spiderpool.spidernet.io";
    static final String ENDPOINTS = "spiderendpoints.spiderpool.spidernet.io";
    static final String MULTUS_CONFIGS = "spidermultusconfigs.spiderpool.spidernet.io";
    static final String ATTACHMENTS = "network-attachment-definitions.k8s.cni.cncf.io";
    static final String CALICO_POOLS = "ippools.crd.projectcalico.org";
    static final String CONFIG_MAPS = "configmaps";
    static final String SERVICE_CIDRS = "servicecidrs.networking.k8s.io";
    static final String NAMESPACES = "namespaces";
    static final String NODES = "nodes";
    static final String PODS = "pods";

    private final ClusterSnapshot now;
    private final Problems problems;

    Known(ClusterSnapshot now, Problems problems) {
        this.now = now;
        this.problems = problems;
    }

    /// Whether the resource was read. If not, that becomes a warning at the field.
    ///
    /// @param unchecked what is therefore not checked, beginning with `whether`
    boolean has(String resource, String field, Sentence unchecked) {
        if (now.observes(resource)) {
            return true;
        }
        problems.warn(field, Phrases.NOT_CHECKED.with(unchecked, resource));
        return false;
    }
}
