package dev.underpass.console.view;

import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Attribution;
import dev.underpass.net.Packet;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A trace as JSON.
public record TraceView(
        String from,
        PairView.To to,
        String disposition,
        @Nullable String code,
        String summary,
        @Nullable String remedy,
        String confidence,
        List<PathView> paths,
        List<String> alternatives) {

    /// One way that the connection may take.
    public record PathView(
            @Nullable BackendView backend,
            String disposition,
            @Nullable String code,
            EndView end,
            List<HopView> forward,
            List<HopView> reply) {}

    /// The endpoint of a path.
    public record BackendView(
            String address,
            int port,
            @Nullable String pod,
            @Nullable String node) {}

    /// Where and why a path ended.
    public record EndView(String cause, String phase, WhereView where, String evidence, String detail) {}

    /// A place in the cluster.
    public record WhereView(String kind, String name) {}

    /// One decision.
    public record HopView(
            WhereView where,
            String step,
            String evidence,
            String detail,
            @Nullable String observedAt,
            PacketView packet) {}

    /// The packet after a decision.
    public record PacketView(
            String src,
            String dst,
            int sport,
            int dport,
            String protocol,
            int mark,
            @Nullable String device) {}

    public static TraceView of(Analysis analysis, Trace trace) {
        var verdict = analysis.verdict(trace);
        var remedy = analysis.attribution(trace, trace.worst())
                .map(each -> each.code().remedy());
        return new TraceView(
                trace.from().toString(),
                PairView.To.of(trace.to()),
                trace.disposition().name(),
                verdict.code(),
                verdict.summary().toString(),
                remedy.orElse(null),
                verdict.confidence().name().toLowerCase(Locale.ROOT),
                trace.paths().stream().map(path -> path(analysis, trace, path)).toList(),
                trace.alternatives().stream().map(Sentence::toString).toList());
    }

    private static PathView path(Analysis analysis, Trace trace, Path path) {
        var backend = path.backend();
        var end = path.end();
        return new PathView(
                backend == null
                        ? null
                        : new BackendView(
                                backend.address().toString(),
                                backend.port(),
                                PairView.text(backend.pod()),
                                PairView.text(backend.node())),
                path.disposition().name(),
                analysis.attribution(trace, path)
                        .map(Attribution::code)
                        .map(Enum::name)
                        .orElse(null),
                new EndView(
                        end.cause().name(),
                        end.phase().name(),
                        where(end.where()),
                        end.evidence(),
                        end.detail().toString()),
                path.forward().stream().map(TraceView::hop).toList(),
                path.reply().stream().map(TraceView::hop).toList());
    }

    private static WhereView where(dev.underpass.reachability.Place place) {
        return new WhereView(place.kind().name().toLowerCase(Locale.ROOT), place.name());
    }

    private static HopView hop(Hop hop) {
        return new HopView(
                where(hop.where()),
                hop.step().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                hop.evidence(),
                hop.detail().toString(),
                PairView.text(hop.observedAt()),
                packet(hop.packet(), PairView.text(hop.device())));
    }

    private static PacketView packet(Packet packet, @Nullable String device) {
        return new PacketView(
                packet.source().toString(),
                packet.destination().toString(),
                packet.sourcePort(),
                packet.destinationPort(),
                packet.protocol().name(),
                packet.mark(),
                device);
    }
}
