package dev.underpass.console.probes;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Confidence;
import dev.underpass.reachability.ProbeEvidence;
import dev.underpass.reachability.Target;
import dev.underpass.report.ProbeResult;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// The shapes of the API's answers about probes.
public final class ProbeViews {

    private ProbeViews() {}

    /// A probe.
    public record ProbeView(
            String id,
            String state,

            @JsonSerialize(using = ToStringSerializer.class) @Nullable
            Sentence reason,

            String pod,
            @Nullable String node,
            String askedAt,
            List<TargetView> targets) {}

    /// How far a probe is, for those who wait for it.
    record ProbeEvent(
            String id,
            String state,

            @JsonSerialize(using = ToStringSerializer.class) @Nullable
            Sentence reason,

            String pod,
            @Nullable String node) {}

    static ProbeEvent event(Probe probe, Instant now) {
        var view = view(probe, now);
        return new ProbeEvent(view.id(), view.state(), view.reason(), view.pod(), view.node());
    }

    /// One target, with its result once there is one.
    public record TargetView(
            String address,
            int port,
            String protocol,
            @Nullable String service,
            @Nullable ResultView result) {

        /// `10.233.42.25:80` or `[fd00::1]:80`.
        public String socket() {
            return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        }
    }

    /// What a real connection did.
    public record ResultView(
            String outcome,
            long rttMicros,
            int attempts,
            String detail,
            @Nullable String at) {}

    static ProbeView view(Probe probe, Instant now) {
        return new ProbeView(
                probe.id(),
                probe.state(now).toString(),
                probe.reason(now),
                probe.from().toString(),
                text(probe.node()),
                probe.askedAt().toString(),
                probe.targets().stream()
                        .map(target -> target(
                                target,
                                probe.result(target).map(ProbeViews::result).orElse(null)))
                        .toList());
    }

    private static TargetView target(Target target, @Nullable ResultView result) {
        return new TargetView(
                target.address().toString(), target.port(), target.protocol().name(), text(target.service()), result);
    }

    private static ResultView result(ProbeResult result) {
        return new ResultView(
                result.outcome().toString(), result.rttMicros(), result.attempts(), result.detail(), text(result.at()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /// A pair whose newest probe says something else than the prediction.
    record DisagreementView(String from, TargetView to, PredictionView predicted, ResultView probed) {}

    /// What the analysis says.
    record PredictionView(String disposition, @Nullable String code, String summary) {}

    static List<DisagreementView> disagreements(ClusterView cluster) {
        return ProbeEvidence.newest(cluster.analysis().snapshot()).stream()
                .filter(probe -> cluster.pod(ProbeEvidence.from(probe)).isPresent())
                .flatMap(probe -> disagreement(cluster, probe))
                .toList();
    }

    private static Stream<DisagreementView> disagreement(ClusterView cluster, ProbeResult probe) {
        var target = cluster.analysis().target(probe.address(), probe.port(), probe.protocol());
        var verdict = cluster.analysis().verdict(ProbeEvidence.from(probe), target);
        return verdict.confidence() == Confidence.CONTRADICTED ? Stream.of(view(verdict, probe)) : Stream.empty();
    }

    private static DisagreementView view(Verdict verdict, ProbeResult probe) {
        return new DisagreementView(
                verdict.from().toString(),
                target(verdict.to(), null),
                new PredictionView(
                        verdict.disposition().name(),
                        verdict.code(),
                        verdict.summary().toString()),
                result(probe));
    }

    /// The `probe` command.
    record ProbeCommand(
            String id, Commands.PodName pod, List<CommandTarget> targets, int timeoutMillis, int sizeBytes) {}

    /// One target of a `probe` command.
    record CommandTarget(
            String address,
            int port,
            String protocol,
            @Nullable String service) {

        static CommandTarget of(Target target) {
            return new CommandTarget(
                    target.address().toString(),
                    target.port(),
                    target.protocol().name().toUpperCase(Locale.ROOT),
                    text(target.service()));
        }
    }
}
