package dev.underpass.diagnosis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.reachability.Confidence;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Target;
import dev.underpass.words.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a Pod reaches a target, and why not.
///
/// @param code the failure's code, absent where nothing is wrong or none fits
/// @param summary one sentence
public record Verdict(
        ObjectName from,
        Target to,
        Disposition disposition,
        @Nullable String code,
        Sentence summary,
        Confidence confidence,
        List<BackendVerdict> backends) {

    public Verdict {
        backends = List.copyOf(backends);
    }

    /// The same for one backend of a Service.
    public record BackendVerdict(
            IpAddress address,
            int port,
            @Nullable ObjectName pod,
            Disposition disposition,
            @Nullable String code) {}
}
