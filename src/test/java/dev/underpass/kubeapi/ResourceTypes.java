package dev.underpass.kubeapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// The resources of an API server, and the definitions of the custom ones.
final class ResourceTypes {

    static final List<ResourceType> BUILT_IN =
            """
            -                    v1 namespaces      Namespace      cluster    status    ns
            -                    v1 nodes           Node           cluster    status    no
            -                    v1 pods            Pod            namespaced status    po
            -                    v1 services        Service        namespaced status    svc
            -                    v1 configmaps      ConfigMap      namespaced no-status cm
            -                    v1 secrets         Secret         namespaced no-status -
            discovery.k8s.io     v1 endpointslices  EndpointSlice  namespaced no-status -
            networking.k8s.io    v1 networkpolicies NetworkPolicy  namespaced no-status netpol
            networking.k8s.io    v1 servicecidrs    ServiceCIDR    cluster    status    -
            apps                 v1 deployments     Deployment     namespaced status    deploy
            apps                 v1 daemonsets      DaemonSet      namespaced status    ds
            apps                 v1 statefulsets    StatefulSet    namespaced status    sts
            apps                 v1 replicasets     ReplicaSet     namespaced status    rs
            """.lines().map(ResourceTypes::builtIn).toList();

    private static final List<String> CUSTOM = List.of(
            "ciliumnodes.cilium.io",
            "ciliumpodippools.cilium.io",
            "ippools.crd.projectcalico.org",
            "network-attachment-definitions.k8s.cni.cncf.io",
            "spidercoordinators.spiderpool.spidernet.io",
            "spiderendpoints.spiderpool.spidernet.io",
            "spiderippools.spiderpool.spidernet.io",
            "spidermultusconfigs.spiderpool.spidernet.io",
            "spiderreservedips.spiderpool.spidernet.io",
            "spidersubnets.spiderpool.spidernet.io");

    /// The CustomResourceDefinitions that both the fake and a real server are given.
    static final List<ObjectNode> DEFINITIONS =
            CUSTOM.stream().map(ResourceTypes::definition).toList();

    static final List<ResourceType> ALL = Stream.concat(
                    BUILT_IN.stream(), DEFINITIONS.stream().map(ResourceType::of))
            .toList();

    private ResourceTypes() {}

    /// Finds a type by its plural, qualified or not.
    static ResourceType named(String resource) {
        return ALL.stream()
                .filter(type -> type.names().plural().equals(resource)
                        || type.qualified().equals(resource))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such resource: " + resource));
    }

    static ResourceType of(ObjectNode object) {
        return ALL.stream()
                .filter(type -> type.names().kind().equals(Json.text(object, "kind"))
                        && type.apiVersion().equals(Json.text(object, "apiVersion")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("of no known type: " + object));
    }

    private static ResourceType builtIn(String line) {
        var column = List.of(line.strip().split(" +", -1));
        return new ResourceType(
                column.get(0).replace("-", ""),
                column.get(1),
                new ResourceType.Names(
                        column.get(2), column.get(3), column.get(6).equals("-") ? List.of() : List.of(column.get(6))),
                column.get(4).equals("namespaced"),
                column.get(5).equals("status"),
                null);
    }

    private static ObjectNode definition(String name) {
        try (var file = ResourceTypes.class.getResourceAsStream("/crds/" + name + ".yaml")) {
            if (file == null) {
                throw new IllegalArgumentException("no definition of " + name);
            }
            return Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
