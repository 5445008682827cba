package dev.underpass.console.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Who else writes an object and would take an edit back: Helm, Argo CD, Flux, or the object that owns it.
final class Ownership {

    private static final String UNDONE = "; its next synchronisation may take an edit back";

    private Ownership() {}

    /// One sentence for each of them.
    static List<String> warnings(JsonNode object) {
        var warnings = new ArrayList<String>();
        Stream.of(helm(object), argo(object), flux(object, "kustomize"), flux(object, "helm"))
                .flatMap(Optional::stream)
                .forEach(warnings::add);
        for (var owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean(false)) {
                warnings.add("controlled by %s %s, which may take an edit back"
                        .formatted(text(owner, "kind"), text(owner, "name")));
            }
        }
        return warnings;
    }

    private static Optional<String> helm(JsonNode object) {
        var release = annotation(object, "meta.helm.sh/release-name");
        if (release.isEmpty() && !label(object, "app.kubernetes.io/managed-by").equals("Helm")) {
            return Optional.empty();
        }
        var namespace = annotation(object, "meta.helm.sh/release-namespace");
        return Optional.of("managed by Helm%s; its next upgrade may take an edit back"
                .formatted(release.isEmpty() ? "" : " as release " + namespace + "/" + release));
    }

    private static Optional<String> argo(JsonNode object) {
        var tracking = annotation(object, "argocd.argoproj.io/tracking-id").split(":", 2)[0];
        var application = tracking.isEmpty() ? label(object, "argocd.argoproj.io/instance") : tracking;
        if (application.isEmpty() && !Owners.of(object).managers().contains("argocd-controller")) {
            return Optional.empty();
        }
        return Optional.of(
                "managed by Argo CD" + (application.isEmpty() ? "" : " as application " + application) + UNDONE);
    }

    /// Flux labels what it writes with the object that it was told by.
    private static Optional<String> flux(JsonNode object, String controller) {
        var prefix = controller + ".toolkit.fluxcd.io/";
        var name = label(object, prefix + "name");
        if (name.isEmpty() && !Owners.of(object).managers().contains(controller + "-controller")) {
            return Optional.empty();
        }
        return Optional.of("managed by Flux"
                + (name.isEmpty() ? "" : " as " + label(object, prefix + "namespace") + "/" + name)
                + UNDONE);
    }

    private static String label(JsonNode object, String name) {
        return text(object.path("metadata").path("labels"), name);
    }

    private static String annotation(JsonNode object, String name) {
        return text(object.path("metadata").path("annotations"), name);
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
