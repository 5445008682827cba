package dev.underpass.report;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a real connection from a Pod did.
///
/// @param service the Service that the address was asked for, `namespace/name`, where it was one
/// @param detail what the outcome alone does not say
/// @param id the request that asked for the probe, absent where nobody did
public record ProbeResult(
        String podNamespace,
        String podName,
        IpAddress address,
        int port,
        Protocol protocol,
        @Nullable String service,
        Outcome outcome,
        long rttMicros,
        int attempts,
        String detail,
        @Nullable Instant at,
        @Nullable String id) {

    /// How the connection ended.
    public enum Outcome {
        /// Both directions carry data.
        CONNECTED,
        REFUSED,
        TIMEOUT,
        UNREACHABLE,
        ERROR;

        /// The word in the report.
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
