package dev.underpass.console.objects;

import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.Service;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Protocol;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Turns the core objects of Kubernetes into records.
final class CoreObjects {

    private CoreObjects() {}

    static ObjectName name(Fields object) throws ReportFormatException {
        var metadata = object.object("metadata");
        return metadata.value("name", name -> new ObjectName(namespace(metadata), name));
    }

    private static String namespace(Fields metadata) {
        var namespace = metadata.raw("namespace");
        return namespace == null ? "default" : namespace.asString();
    }

    static Map<String, String> map(Fields fields, String field) throws ReportFormatException {
        var map = fields.optionalMap(field);
        return map == null ? Map.of() : map;
    }

    /// The texts of a list of addresses or prefixes; `None` and empty ones are left out.
    static <T> List<T> values(Fields fields, String field, Fields.TextReader<T> reader) throws ReportFormatException {
        var result = new ArrayList<T>();
        for (var text : fields.texts(field)) {
            if (text.isEmpty() || text.equals("None")) {
                continue;
            }
            try {
                result.add(reader.read(text));
            } catch (IllegalArgumentException e) {
                throw fields.error(field, String.valueOf(e.getMessage()));
            }
        }
        return result;
    }

    static @Nullable Instant createdAt(Fields object) throws ReportFormatException {
        return object.object("metadata").optional("creationTimestamp", Instant::parse);
    }

    static Node node(Fields object) throws ReportFormatException {
        var metadata = object.object("metadata");
        var spec = object.optionalObject("spec");
        var status = object.optionalObject("status");
        var addresses = new ArrayList<IpAddress>();
        if (status != null) {
            for (var address : status.list("addresses", CoreObjects::nodeAddress)) {
                addresses.addAll(address);
            }
        }
        var info = status == null ? null : status.optionalObject("nodeInfo");
        return new Node(
                metadata.value("name", NodeName::new),
                map(metadata, "labels"),
                addresses,
                spec == null ? List.of() : values(spec, "podCIDRs", IpPrefix::parse),
                info == null ? "" : info.text("kernelVersion", ""));
    }

    private static List<IpAddress> nodeAddress(Fields fields) throws ReportFormatException {
        return fields.text("type", "").endsWith("IP") ? List.of(fields.value("address", IpAddress::parse)) : List.of();
    }

    static Pod pod(Fields object) throws ReportFormatException {
        var metadata = object.object("metadata");
        var spec = object.object("spec");
        var status = object.optionalObject("status");
        var annotations = map(metadata, "annotations");
        return new Pod(
                name(object),
                metadata.text("uid", ""),
                spec.optional("nodeName", NodeName::new),
                map(metadata, "labels"),
                annotations,
                spec.text("hostNetwork", "false").equals("true"),
                spec.optionalText("runtimeClassName"),
                status == null ? "Unknown" : status.text("phase", "Unknown"),
                status != null
                        && status.list("conditions", CoreObjects::isReady).contains(true),
                createdAt(object),
                status == null ? null : status.optional("startTime", Instant::parse),
                status == null ? List.of() : status.list("podIPs", ip -> ip.value("ip", IpAddress::parse)),
                networks(metadata, annotations),
                containerPorts(spec),
                flags(metadata, spec),
                workload(metadata));
    }

    /// A Deployment makes its Pods by ReplicaSets that are named after it and the template's hash.
    private static @Nullable String workload(Fields metadata) throws ReportFormatException {
        for (var owner : metadata.list("ownerReferences", each -> each)) {
            if (owner.text("controller", "").equals("true")) {
                var kind = owner.text("kind", "");
                var name = owner.text("name", "");
                var hash = map(metadata, "labels").getOrDefault("pod-template-hash", "");
                boolean ofDeployment = kind.equals("ReplicaSet") && !hash.isEmpty() && name.endsWith("-" + hash);
                return ofDeployment
                        ? "Deployment " + name.substring(0, name.length() - hash.length() - 1)
                        : kind + " " + name;
            }
        }
        return null;
    }

    private static boolean isReady(Fields condition) throws ReportFormatException {
        return condition.text("type", "").equals("Ready")
                && condition.text("status", "").equals("True");
    }

    private static Map<String, Integer> containerPorts(Fields spec) throws ReportFormatException {
        var ports = new HashMap<String, Integer>();
        for (var container : spec.list("containers", each -> each)) {
            for (var port : container.list("ports", each -> each)) {
                if (port.present("name")) {
                    ports.put(port.text("name"), port.integer("containerPort", 0));
                }
            }
        }
        return ports;
    }

    /// The command line of a control plane component, which says what ranges it was started with; of other Pods
    /// nothing.
    private static List<String> flags(Fields metadata, Fields spec) throws ReportFormatException {
        var component = map(metadata, "labels").getOrDefault("component", "");
        if (!component.startsWith("kube-")) {
            return List.of();
        }
        var flags = new ArrayList<String>();
        for (var container : spec.list("containers", each -> each)) {
            flags.addAll(container.texts("command"));
            flags.addAll(container.texts("args"));
        }
        return flags.stream().filter(flag -> flag.startsWith("--")).toList();
    }

    /// Multus writes its status as JSON inside of an annotation.
    private static List<Pod.AttachedNetwork> networks(Fields metadata, Map<String, String> annotations)
            throws ReportFormatException {
        var text = annotations.get("k8s.v1.cni.cncf.io/network-status");
        if (text == null) {
            return List.of();
        }
        var place = "annotations[k8s.v1.cni.cncf.io/network-status]";
        JsonNode status;
        try {
            status = EmbeddedJson.parse(text);
        } catch (JacksonException e) {
            throw metadata.error(place, "not JSON: " + e.getOriginalMessage());
        }
        var result = new ArrayList<Pod.AttachedNetwork>();
        for (var each : status) {
            var fields = Fields.of(each, place);
            result.add(new Pod.AttachedNetwork(
                    fields.text("name", ""),
                    fields.text("interface", ""),
                    values(fields, "ips", IpAddress::parse),
                    fields.text("default", "false").equals("true")));
        }
        return result;
    }

    static Service service(Fields object) throws ReportFormatException {
        var spec = object.object("spec");
        var status = object.optionalObject("status");
        var balancer = status == null ? null : status.optionalObject("loadBalancer");
        var clusterIps = spec.has("clusterIPs") ? spec.texts("clusterIPs") : List.of(spec.text("clusterIP", "None"));
        return new Service(
                name(object),
                spec.text("type", "ClusterIP"),
                addresses(spec, clusterIps),
                spec.list("ports", CoreObjects::servicePort),
                map(spec, "selector"),
                spec.text("internalTrafficPolicy", "").equals("Local"),
                spec.text("externalTrafficPolicy", "").equals("Local"),
                spec.text("sessionAffinity", "").equals("ClientIP"),
                spec.text("publishNotReadyAddresses", "false").equals("true"),
                values(spec, "externalIPs", IpAddress::parse),
                balancer == null ? List.of() : ingress(balancer),
                createdAt(object));
    }

    private static List<IpAddress> addresses(Fields spec, List<String> texts) throws ReportFormatException {
        var result = new ArrayList<IpAddress>();
        for (var text : texts) {
            if (text.isEmpty() || text.equals("None")) {
                continue;
            }
            try {
                result.add(IpAddress.parse(text));
            } catch (IllegalArgumentException e) {
                throw spec.error("clusterIPs", String.valueOf(e.getMessage()));
            }
        }
        return result;
    }

    private static List<IpAddress> ingress(Fields balancer) throws ReportFormatException {
        var result = new ArrayList<IpAddress>();
        for (var each : balancer.list("ingress", fields -> fields)) {
            var address = each.optional("ip", IpAddress::parse);
            if (address != null) {
                result.add(address);
            }
        }
        return result;
    }

    private static Service.Port servicePort(Fields fields) throws ReportFormatException {
        int port = fields.integer("port", 0);
        return new Service.Port(
                fields.text("name", ""),
                fields.value("protocol", Protocol.TCP, Protocol::parse),
                port,
                fields.text("targetPort", Integer.toString(port)),
                fields.integer("nodePort", 0));
    }

    static EndpointSlice endpointSlice(Fields object) throws ReportFormatException {
        var name = name(object);
        var service = map(object.object("metadata"), "labels").getOrDefault("kubernetes.io/service-name", name.name());
        return new EndpointSlice(
                name,
                new ObjectName(name.namespace(), service),
                object.list("ports", CoreObjects::slicePort),
                object.list("endpoints", CoreObjects::endpoint));
    }

    private static EndpointSlice.Port slicePort(Fields fields) throws ReportFormatException {
        return new EndpointSlice.Port(
                fields.text("name", ""),
                fields.value("protocol", Protocol.TCP, Protocol::parse),
                fields.integer("port", 0));
    }

    private static EndpointSlice.Endpoint endpoint(Fields fields) throws ReportFormatException {
        var conditions = fields.optionalObject("conditions");
        var target = fields.optionalObject("targetRef");
        boolean ready = conditions == null || conditions.text("ready", "true").equals("true");
        boolean isPod = target != null && target.text("kind", "").equals("Pod") && target.present("namespace");
        return new EndpointSlice.Endpoint(
                values(fields, "addresses", IpAddress::parse),
                ready,
                conditions == null
                        || conditions.text("serving", Boolean.toString(ready)).equals("true"),
                conditions != null && conditions.text("terminating", "false").equals("true"),
                fields.optional("nodeName", NodeName::new),
                isPod && target != null ? new ObjectName(target.text("namespace"), target.text("name")) : null);
    }
}
