package dev.underpass.kubeapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What Spiderpool's webhook demands of a SpiderMultusConfig beyond the schema. It names the parts by their Go names.
final class MultusRules {

    private static final Map<String, String> PARTS = Map.of(
            "macvlan", "spec.macvlanConfig",
            "ipvlan", "spec.ipvlanConfig",
            "sriov", "spec.sriovConfig");

    private MultusRules() {}

    static Optional<Failure.Cause> of(JsonNode spec) {
        return part(spec)
                .or(() -> spec.has("coordinator") ? CoordinatorRules.of(spec.path("coordinator")) : Optional.empty());
    }

    private static Optional<Failure.Cause> part(JsonNode spec) {
        var type = Json.text(spec, "cniType");
        if (type.equals("custom")) {
            return others(spec, type, "spec.customCniTypeConfig").or(() -> customJson(spec));
        }
        var field = PARTS.get(type);
        if (field == null) {
            return Optional.empty();
        }
        return spec.has(type)
                ? inside(spec.path(type), field, type).or(() -> others(spec, type, field))
                : Optional.of(FieldError.required(field, "no " + field + " specified"));
    }

    private static Optional<Failure.Cause> inside(JsonNode part, String field, String type) {
        if (type.equals("sriov")) {
            return Json.text(part, "resourceName").isEmpty()
                    ? Optional.of(FieldError.required(field, "no " + field + "[resourceName] specified"))
                    : Optional.empty();
        }
        int masters = part.path("master").size();
        if (masters == 0) {
            return Optional.of(FieldError.invalid(field, part.toString(), "master can't be empty"));
        }
        return masters > 1 && !part.has("bond")
                ? Optional.of(
                        FieldError.invalid(field, part.toString(), "the bond property is nil with multiple Interfaces"))
                : Optional.empty();
    }

    private static Optional<Failure.Cause> others(JsonNode spec, String type, String field) {
        return List.of("macvlan", "ipvlan", "sriov", "customCNI").stream()
                .filter(other -> !other.equals(type) && !(type.equals("custom") && other.equals("customCNI")))
                .filter(spec::has)
                .findFirst()
                .map(_ -> FieldError.forbidden(
                        "spec.cniType",
                        "the cniType %s only supports %s, please remove other CNI configs".formatted(type, field)));
    }

    private static Optional<Failure.Cause> customJson(JsonNode spec) {
        var text = Json.text(spec, "customCNI");
        return text.isEmpty() || Json.isJson(text)
                ? Optional.empty()
                : Optional.of(FieldError.forbidden(
                        "spec.customCniTypeConfig", "customCniConfig isn't a valid JSON encoding"));
    }
}
