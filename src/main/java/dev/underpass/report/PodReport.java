package dev.underpass.report;

import org.jspecify.annotations.Nullable;

/// What was read in one Pod's network namespace.
///
/// @param error why the namespace could not be read, absent when it could
public record PodReport(
        String namespace,
        String name,
        String uid,
        String netns,
        @Nullable String error,
        NamespaceReport network) {}
