package dev.underpass.report;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a real connection from a Pod did.
///
/// @param outcome `connected`, `refused`, `timeout`, `unreachable` or `error`
public record ProbeResult(
        String podNamespace,
        String podName,
        IpAddress address,
        int port,
        Protocol protocol,
        String outcome,
        long rttMicros,
        @Nullable Instant at) {}
