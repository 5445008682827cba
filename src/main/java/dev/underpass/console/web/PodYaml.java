package dev.underpass.console.web;

import dev.underpass.cluster.Pod;
import dev.underpass.console.bundle.Trim;
import dev.underpass.console.objects.Kinds;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The YAML tab: what is kept of a Pod, in the fields of its object. Neither environment nor arguments, volumes or
/// managed fields are among it, and of annotations only those of networks are shown, as in a bundle: others may hold
/// secrets.
///
/// @param hidden how many annotations are not shown
record PodYaml(String text, int hidden) {

    static PodYaml of(Pod pod) {
        var shown = Trim.object(Kinds.POD, object(pod)).orElseThrow();
        int annotations = shown.path("metadata").path("annotations").size();
        return new PodYaml(ObjectText.yaml(shown), pod.annotations().size() - annotations);
    }

    private static ObjectNode object(Pod pod) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Pod");
        metadata(pod, object.putObject("metadata"));
        spec(pod, object.putObject("spec"));
        status(pod, object.putObject("status"));
        return object;
    }

    private static void metadata(Pod pod, ObjectNode metadata) {
        metadata.put("namespace", pod.name().namespace()).put("name", pod.name().name());
        metadata.put("uid", pod.uid());
        if (pod.createdAt() != null) {
            metadata.put("creationTimestamp", pod.createdAt().toString());
        }
        texts(metadata, "labels", pod.labels());
        texts(metadata, "annotations", pod.annotations());
    }

    private static void texts(ObjectNode metadata, String field, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            var object = metadata.putObject(field);
            new TreeMap<>(texts).forEach(object::put);
        }
    }

    private static void spec(Pod pod, ObjectNode spec) {
        if (pod.node() != null) {
            spec.put("nodeName", pod.node().value());
        }
        if (pod.hostNetwork()) {
            spec.put("hostNetwork", true);
        }
        if (pod.runtimeClass() != null) {
            spec.put("runtimeClassName", pod.runtimeClass());
        }
        if (!pod.ports().isEmpty() || !pod.flags().isEmpty()) {
            var container = spec.putArray("containers").addObject();
            pod.flags().forEach(container.withArray("command")::add);
            new TreeMap<>(pod.ports())
                    .forEach((name, port) -> container
                            .withArray("ports")
                            .addObject()
                            .put("name", name)
                            .put("containerPort", port));
        }
    }

    private static void status(Pod pod, ObjectNode status) {
        status.put("phase", pod.phase());
        if (pod.startedAt() != null) {
            status.put("startTime", pod.startedAt().toString());
        }
        status.putArray("conditions").addObject().put("type", "Ready").put("status", pod.ready() ? "True" : "False");
        var addresses = status.putArray("podIPs");
        pod.addresses().forEach(address -> addresses.addObject().put("ip", address.toString()));
    }
}
