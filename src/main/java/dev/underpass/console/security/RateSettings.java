package dev.underpass.console.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How often somebody who is logged in may ask, per minute; as many at once.
///
/// @param writes edits, and trying them
/// @param probes what agents are asked for
/// @param traces what is worked out for them alone
@ConfigurationProperties(prefix = RateSettings.PREFIX, ignoreUnknownFields = false)
record RateSettings(
        @DefaultValue("60") int writes,
        @DefaultValue("60") int probes,
        @DefaultValue("300") int traces) {

    static final String PREFIX = "underpass.security.limits";

    RateSettings {
        positive("writes", writes);
        positive("probes", probes);
        positive("traces", traces);
    }

    private static void positive(String name, int perMinute) {
        if (perMinute < 1) {
            throw new IllegalStateException("%s.%s: %d is less than 1".formatted(PREFIX, name, perMinute));
        }
    }
}
