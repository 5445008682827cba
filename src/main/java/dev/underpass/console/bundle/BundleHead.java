package dev.underpass.console.bundle;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/// What `bundle.yaml` says.
///
/// @param unobserved the resources that could not be read
/// @param absent the resources that the API did not serve, so that there were none
public record BundleHead(
        String cluster, Instant capturedAt, String comment, SortedSet<String> unobserved, SortedSet<String> absent) {

    public BundleHead {
        unobserved = new TreeSet<>(unobserved);
        absent = new TreeSet<>(absent);
    }
}
