package dev.underpass.console.bundle;

import dev.underpass.net.IpPrefix;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// What `bundle.yaml` says.
///
/// @param unobserved the resources that could not be read
/// @param absent the resources that the API did not serve, so that there were none
/// @param rangesSince when ranges came that somebody saw come: nothing else in a bundle tells
public record BundleHead(
        String cluster,
        Instant capturedAt,
        String comment,
        SortedSet<String> unobserved,
        SortedSet<String> absent,
        Map<IpPrefix, Instant> rangesSince) {

    public BundleHead {
        unobserved = new TreeSet<>(unobserved);
        absent = new TreeSet<>(absent);
        rangesSince = Map.copyOf(rangesSince);
    }
}
