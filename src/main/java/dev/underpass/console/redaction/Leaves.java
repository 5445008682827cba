package dev.underpass.console.redaction;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The values that documents are made of.
final class Leaves {

    private static final Set<String> KEPT_LABELS = Set.of("app", "component", "k8s-app", "tier", "name", "provider");

    /// Labels whose values are the same words everywhere.
    private static final Set<String> KEPT_VALUES = Set.of(
            "kubernetes.io/arch", "kubernetes.io/os", "endpointslice.kubernetes.io/managed-by", "provider", "tier");

    private final Pseudonyms pseudonyms;
    private final AddressText addresses;

    Leaves(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        this.addresses = new AddressText(pseudonyms);
    }

    Pseudonyms pseudonyms() {
        return pseudonyms;
    }

    AddressText addresses() {
        return addresses;
    }

    /// A word of the API's own.
    Shape word() {
        return Shape.text(pseudonyms::word);
    }

    Shape name(NameKind kind) {
        return Shape.text(text -> pseudonyms.name(kind, text));
    }

    /// An address, prefix or range; any other text is one that nothing can be read from, and stays one.
    Shape address() {
        return Shape.text(this::addressOrWord);
    }

    private String addressOrWord(String text) {
        return switch (text) {
            case "", "None", "*", "default", "all" -> text;
            default -> addresses.of(text).orElseGet(() -> pseudonyms.name(NameKind.WORD, text));
        };
    }

    /// An address with the length of its subnet, which it is not the network of.
    Shape addressWithLength() {
        return Shape.text(text -> {
            int slash = text.indexOf('/');
            return slash < 0 ? addressOrWord(text) : addressOrWord(text.substring(0, slash)) + text.substring(slash);
        });
    }

    /// The first octets of MAC addresses, or all of them.
    Shape mac() {
        return Shape.text(text -> {
            try {
                return text.isEmpty() ? text : pseudonyms.mac(text);
            } catch (IllegalArgumentException _) {
                return pseudonyms.name(NameKind.WORD, text);
            }
        });
    }

    /// `NAMESPACE/NAME` or a name, perhaps with `@INTERFACE`.
    @Nullable
    String network(String text) {
        int at = text.indexOf('@');
        var device = at < 0 ? "" : text.substring(at);
        return qualified(NameKind.NETWORK, at < 0 ? text : text.substring(0, at)) + device;
    }

    /// `NAMESPACE/NAME`, or just a name.
    String qualified(NameKind kind, String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? pseudonyms.name(kind, text)
                : pseudonyms.name(NameKind.NAMESPACE, text.substring(0, slash))
                        + "/"
                        + pseudonyms.name(kind, text.substring(slash + 1));
    }

    @Nullable
    JsonNode labels(JsonNode labels) {
        if (!labels.isObject()) {
            return null;
        }
        var result = JsonNodeFactory.instance.objectNode();
        for (var label : labels.properties()) {
            var value = label.getValue().asString("");
            result.put(labelKey(label.getKey()), labelValue(label.getKey(), value));
        }
        return result;
    }

    String labelKey(String key) {
        var domain = key.contains("/") ? key.substring(0, key.indexOf('/')) : "";
        boolean known = domain.endsWith("kubernetes.io") || domain.endsWith("k8s.io") || KEPT_LABELS.contains(key);
        return known ? key : pseudonyms.name(NameKind.LABEL, key);
    }

    private String labelValue(String key, String value) {
        return switch (key) {
            case "kubernetes.io/hostname" -> pseudonyms.name(NameKind.NODE, value);
            case "kubernetes.io/metadata.name" -> pseudonyms.name(NameKind.NAMESPACE, value);
            case "kubernetes.io/service-name" -> pseudonyms.name(NameKind.SERVICE, value);
            case "component" ->
                value.startsWith("kube-") ? pseudonyms.word(value) : pseudonyms.name(NameKind.VALUE, value);
            default -> KEPT_VALUES.contains(key) ? pseudonyms.word(value) : pseudonyms.name(NameKind.VALUE, value);
        };
    }

    /// An object with its metadata, and no more yet.
    Shape.OfObject object(NameKind kind) {
        return new Shape.OfObject().with(word(), "apiVersion", "kind").with("metadata", metadata(kind));
    }

    Shape.OfObject metadata(NameKind kind) {
        return new Shape.OfObject()
                .with("name", name(kind))
                .with("namespace", name(NameKind.NAMESPACE))
                .with("labels", this::labels)
                .with(word(), "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp");
    }
}
