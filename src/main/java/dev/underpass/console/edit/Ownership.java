package dev.underpass.console.edit;

import dev.underpass.console.Phrases;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Who else writes an object and would take an edit back: Helm, Argo CD, Flux, or the object that owns it.
final class Ownership {

    private Ownership() {}

    /// One sentence for each of them.
    static List<Sentence> warnings(JsonNode object) {
        var warnings = new ArrayList<Sentence>();
        Stream.of(helm(object), argo(object), flux(object, "kustomize"), flux(object, "helm"))
                .flatMap(Optional::stream)
                .forEach(warnings::add);
        for (var owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean(false)) {
                warnings.add(Phrases.CONTROLLED.with(text(owner, "kind"), text(owner, "name")));
            }
        }
        return warnings;
    }

    private static Optional<Sentence> helm(JsonNode object) {
        var release = annotation(object, "meta.helm.sh/release-name");
        if (release.isEmpty() && !label(object, "app.kubernetes.io/managed-by").equals("Helm")) {
            return Optional.empty();
        }
        var namespace = annotation(object, "meta.helm.sh/release-namespace");
        return Optional.of(
                release.isEmpty() ? Phrases.HELM.with() : Phrases.HELM_RELEASE.with(namespace + "/" + release));
    }

    private static Optional<Sentence> argo(JsonNode object) {
        var tracking = annotation(object, "argocd.argoproj.io/tracking-id").split(":", 2)[0];
        var application = tracking.isEmpty() ? label(object, "argocd.argoproj.io/instance") : tracking;
        if (application.isEmpty() && !Owners.of(object).managers().contains("argocd-controller")) {
            return Optional.empty();
        }
        return Optional.of(application.isEmpty() ? Phrases.ARGO.with() : Phrases.ARGO_APPLICATION.with(application));
    }

    /// Flux labels what it writes with the object that it was told by.
    private static Optional<Sentence> flux(JsonNode object, String controller) {
        var prefix = controller + ".toolkit.fluxcd.io/";
        var name = label(object, prefix + "name");
        if (name.isEmpty() && !Owners.of(object).managers().contains(controller + "-controller")) {
            return Optional.empty();
        }
        return Optional.of(
                name.isEmpty()
                        ? Phrases.FLUX.with()
                        : Phrases.FLUX_AS.with(label(object, prefix + "namespace") + "/" + name));
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
