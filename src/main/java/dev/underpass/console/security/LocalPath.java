package dev.underpass.console.security;

import java.net.URI;

/// Addresses within this console.
public final class LocalPath {

    private LocalPath() {}

    /// The path, if it is one of this console and cannot be read as an address elsewhere; else another.
    public static String of(String path, String otherwise) {
        boolean local = path.startsWith("/") && !path.startsWith("//") && !path.contains("\\");
        if (!local || path.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            return otherwise;
        }
        try {
            var uri = URI.create(path);
            return uri.getHost() == null && uri.getScheme() == null ? path : otherwise;
        } catch (IllegalArgumentException _) {
            return otherwise;
        }
    }
}
