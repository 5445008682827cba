package dev.underpass.console.reports;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.RefusedException;
import dev.underpass.console.bundle.ReportCheck;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import dev.underpass.report.UnknownBaseException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Reads, checks and keeps reports: two at a time, some wait, and the rest may come again later.
@Component
class Intake implements DisposableBean {

    private static final int PARSES = 2;
    private static final int WAITING_PER_PARSE = 8;
    private static final String RETRY_SECONDS = "2";

    private final Scheduler parsing = Schedulers.newBoundedElastic(PARSES, WAITING_PER_PARSE, "report-intake");
    private final NewestReports reports;
    private final SharedReports shared;
    private final List<ReportListener> listeners;

    Intake(NewestReports reports, SharedReports shared, List<ReportListener> listeners) {
        this.listeners = List.copyOf(listeners);
        this.reports = reports;
        this.shared = shared;
    }

    /// Takes a node's report.
    Mono<NodeReport> take(NodeName node, Unpacking.Body body) {
        return Mono.fromCallable(() -> taken(node, body.unpacked()))
                .subscribeOn(parsing)
                .onErrorMap(RejectedExecutionException.class, _ -> busy())
                .delayUntil(report -> Flux.fromIterable(listeners).concatMap(listener -> listener.taken(report)));
    }

    private static RefusedException busy() {
        return new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, "busy", "too many reports are waiting to be read")
                .with(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }

    private NodeReport taken(NodeName node, byte[] json) {
        var base = new AtomicReference<@Nullable Long>();
        var report = read(node, json, (name, start, sequence) -> {
            base.set(sequence);
            return reports.base(name, start, sequence);
        });
        shared.take(report, json, base.get());
        return report;
    }

    private static NodeReport read(NodeName node, byte[] json, ReportReader.Base base) {
        try {
            var report = ReportReader.read(json, base);
            if (!report.node().equals(node.value())) {
                throw new ReportFormatException(
                        "node", "the report is of '%s', sent as that of '%s'".formatted(report.node(), node));
            }
            ReportCheck.check(report);
            return report;
        } catch (ReportFormatException e) {
            throw new RefusedException(HttpStatus.BAD_REQUEST, "invalid-report", e.reason()).at(e.place());
        } catch (UnknownBaseException e) {
            throw new RefusedException(HttpStatus.CONFLICT, "unknown-base", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void destroy() {
        parsing.dispose();
    }
}
