package dev.underpass.lab;

import dev.underpass.Shell;

/// What a fault does, and where.
///
/// @param namespace where
/// @param script what, for a shell
record Damage(String namespace, String script) {

    /// Does it.
    ///
    /// @return one line on what was done, or on why it could not be: an earlier fault may have left
    ///   nothing to break
    String strike(Lab lab) {
        var result = tried(lab);
        return result.status() == 0
                ? toString()
                : "%s (without effect: %s)".formatted(this, result.err().strip());
    }

    Shell.Result tried(Lab lab) {
        return lab.run(namespace, script);
    }

    @Override
    public String toString() {
        return "%s: %s"
                .formatted(
                        namespace.replaceFirst("^.*?(?=sw$|node)", ""),
                        script.strip().replace("\n", "; "));
    }
}
