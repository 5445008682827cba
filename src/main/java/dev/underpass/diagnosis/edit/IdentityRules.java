package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.words.Sentence;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules of what every object has: its kind and name, and whether the cluster has it already.
final class IdentityRules {

    private static final int LONGEST_NAME = 253;
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*+");

    private final ClusterSnapshot now;
    private final Problems problems;

    IdentityRules(ClusterSnapshot now, Problems problems) {
        this.now = now;
        this.problems = problems;
    }

    /// What the edit is of; none if that cannot be said, and then nothing more can be judged.
    Optional<Review> of(Operation operation, Part object) {
        var kind = kind(object);
        apiVersion(object);
        var metadata = object.part("metadata").orElse(new Part("metadata", Map.of()));
        var name = name(metadata, "name", Optional.empty());
        if (kind.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        var namespace =
                kind.get().namespaced() ? name(metadata, "namespace", Optional.of("default")) : Optional.of("-");
        if (namespace.isEmpty()) {
            return Optional.empty();
        }
        var full = new ObjectName(namespace.get(), name.get());
        existence(operation, kind.get(), full);
        namespace(kind.get(), full);
        var spec = object.part("spec").orElse(new Part("spec", Map.of()));
        return Optional.of(new Review(now, operation, kind.get(), full, spec, problems));
    }

    private Optional<ObjectKind> kind(Part object) {
        var text = object.text("kind");
        var kind = text.flatMap(ObjectKind::of);
        if (kind.isEmpty()) {
            problems.refuse(
                    "kind",
                    Phrases.NOT_EDITED.with(quoted(text, Phrases.WITHOUT_KIND), String.join(", ", ObjectKind.names())));
        }
        return kind;
    }

    private static Sentence quoted(Optional<String> text, Phrases otherwise) {
        return text.map(Words::quoted).map(Sentence::line).orElseGet(() -> otherwise.with());
    }

    private void apiVersion(Part object) {
        boolean right = object.text("apiVersion")
                .map(ObjectKind.API_VERSION::equals)
                .orElse(!object.fields().containsKey("apiVersion"));
        if (!right) {
            problems.refuse(
                    "apiVersion",
                    Phrases.NOT_SERVED.with(
                            quoted(object.text("apiVersion"), Phrases.NO_TEXT), ObjectKind.API_VERSION));
        }
    }

    private Optional<String> name(Part metadata, String field, Optional<String> absent) {
        if (!metadata.has(field)) {
            if (absent.isEmpty()) {
                problems.refuse(metadata.at(field), Phrases.NO_NAME.with());
            }
            return absent;
        }
        var text = metadata.text(field);
        boolean right = text.filter(name ->
                        name.length() <= LONGEST_NAME && SUBDOMAIN.matcher(name).matches())
                .isPresent();
        if (!right) {
            problems.refuse(metadata.at(field), Phrases.WRONG_NAME.with(quoted(text, Phrases.NO_TEXT)));
        }
        return right ? text : Optional.empty();
    }

    private void existence(Operation operation, ObjectKind kind, ObjectName name) {
        var known = new Known(now, problems);
        if (!known.has(kind.resource(), "metadata.name", Phrases.IF_THERE.with(kind))) {
            return;
        }
        var plain = kind.namespaced() ? name.toString() : name.name();
        boolean there = kind.isIn(now, name);
        if (there && operation == Operation.CREATE) {
            problems.refuse("metadata.name", Phrases.EXISTS.with(kind, plain));
        } else if (!there && operation != Operation.CREATE) {
            problems.refuse("metadata.name", Phrases.ABSENT.with(kind, plain));
        }
    }

    private void namespace(ObjectKind kind, ObjectName name) {
        if (!kind.namespaced()) {
            return;
        }
        var field = "metadata.namespace";
        if (new Known(now, problems).has(Known.NAMESPACES, field, Phrases.IF_NAMESPACE.with())
                && !now.policies().namespaces().isEmpty()
                && now.policies().namespaces().stream()
                        .noneMatch(each -> each.name().equals(name.namespace()))) {
            problems.refuse(field, Phrases.NO_NAMESPACE.with(name.namespace()));
        }
    }
}
