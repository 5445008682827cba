package dev.underpass.console.edit;

import dev.underpass.console.InvalidInputException;
import java.util.regex.Pattern;

/// Which object an edit is of.
///
/// @param namespace empty for an object of the cluster
public record ObjectRef(EditedKind kind, String namespace, String name) {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_NAMESPACE = 63;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern NAMESPACE = Pattern.compile(LABEL);
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    /// @throws InvalidInputException if a name is none that Kubernetes would give
    public ObjectRef {
        check("name", name, NAME, LONGEST_NAME);
        if (kind.kind().namespaced()) {
            check("namespace", namespace, NAMESPACE, LONGEST_NAMESPACE);
        }
    }

    static ObjectRef of(EditedKind kind, String name) {
        return new ObjectRef(kind, "", name);
    }

    private static void check(String field, String value, Pattern pattern, int longest) {
        // The length goes first: the pattern is not tried on a text of any length.
        if (value.length() > longest || !pattern.matcher(value).matches()) {
            throw new InvalidInputException(
                    field,
                    "not a name of RFC 1123 (lower case letters, digits, '-' and '.'): '%s'"
                            .formatted(value.substring(0, Math.min(value.length(), 64))));
        }
    }

    /// `name`, or `namespace/name`.
    String key() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public String toString() {
        return kind.kind().kind() + " " + key();
    }
}
