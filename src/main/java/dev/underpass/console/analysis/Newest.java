package dev.underpass.console.analysis;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/// Answers the newest of many questions, of which each new one replaces the others: one at a time, and only when
/// somebody asks.
///
/// Who asks waits for the newest question's answer, but not for long if there is an earlier answer, or one to an
/// earlier question is on its way: that will do until the newest is ready. Where answers take longer than people wait,
/// the earlier one is given at once, and the next question is not begun before as much time has passed as the last one
/// took: other work needs the processors as well. An earlier answer whose question was replaced so long ago that
/// nobody can have asked since is not given any more.
///
/// @param <Q> a question
/// @param <A> an answer
final class Newest<Q, A> {

    /// So long after its question was replaced an answer may be given at least.
    static final Duration OUTDATED = Duration.ofMinutes(1);

    /// While people ask, the next answer is there before: one that runs, a rest, and one that rests on all.
    private static final int RUNS = 4;

    private final Duration patience;
    private final Function<Q, A> work;
    private final Scheduler worker;
    private final LongSupplier nanos;
    private Asked<Q> newest;
    private @Nullable Run<Q, A> running;
    private Sinks.@Nullable One<A> waiting;
    private @Nullable Ended<A> last;
    /// The last that did not fail.
    private @Nullable A good;

    private long goodNumber = -1;

    private long tookNanos;
    private long endedNanos;

    /// When the question of the last good answer was replaced, at the earliest.
    private long replacedNanos;

    /// @param number grows by one with each question
    private record Asked<Q>(long number, Q question) {}

    /// What is being worked out.
    private record Run<Q, A>(Asked<Q> asked, Sinks.One<A> sink) {}

    /// How the last one ended.
    private record Ended<A>(long number, Signal<A> signal) {}

    /// @param worker its own: what takes a minute must not keep a thread that many share, and what they queued behind
    /// it
    Newest(Q first, Duration patience, Function<Q, A> work, Scheduler worker) {
        this(first, patience, work, worker, System::nanoTime);
    }

    Newest(Q first, Duration patience, Function<Q, A> work, Scheduler worker, LongSupplier nanos) {
        this.worker = worker;
        this.nanos = nanos;
        this.endedNanos = nanos.getAsLong();
        this.replacedNanos = endedNanos;
        this.newest = new Asked<>(0, first);
        this.patience = patience;
        this.work = work;
    }

    synchronized void replace(Q question) {
        if (goodNumber == newest.number()) {
            replacedNanos = nanos.getAsLong();
        }
        newest = new Asked<>(newest.number() + 1, question);
    }

    synchronized Q question() {
        return newest.question();
    }

    Mono<A> get() {
        return Mono.defer(this::asked);
    }

    private synchronized Mono<A> asked() {
        if (last != null && last.number() == newest.number()) {
            return Mono.just(last.signal()).dematerialize();
        }
        var coming = coming();
        var earlier = good;
        if (earlier == null || isOutdated()) {
            return running == null ? coming : coming.timeout(patience, orElse(running, coming));
        }
        return isSlow() ? Mono.just(earlier) : coming.timeout(patience, Mono.just(earlier));
    }

    private static <Q, A> Mono<A> orElse(Run<Q, A> run, Mono<A> other) {
        return run.sink().asMono().onErrorResume(_ -> other);
    }

    /// Whether there is an answer that is given at once, or after a short while.
    synchronized boolean answers() {
        return good != null && !isOutdated();
    }

    private boolean isOutdated() {
        return goodNumber != newest.number()
                && nanos.getAsLong() - replacedNanos > Math.max(OUTDATED.toNanos(), RUNS * tookNanos);
    }

    private boolean isSlow() {
        return tookNanos > patience.toNanos();
    }

    /// The newest one's answer.
    private Mono<A> coming() {
        if (running != null && running.asked().number() == newest.number()) {
            return running.sink().asMono();
        }
        if (waiting == null) {
            waiting = Sinks.one();
            if (running == null) {
                schedule();
            }
        }
        return waiting.asMono();
    }

    private void schedule() {
        long rest = isSlow() ? endedNanos + tookNanos - nanos.getAsLong() : 0;
        worker.schedule(this::begin, Math.max(0, rest), TimeUnit.NANOSECONDS);
    }

    private void begin() {
        var run = next();
        long begun = nanos.getAsLong();
        Signal<A> signal;
        try {
            signal = Signal.next(work.apply(run.asked().question()));
        } catch (Throwable e) { // Whatever it is, those who wait are told, and the next may begin.
            signal = Signal.error(e);
        }
        ended(run, signal, begun);
        if (signal.hasValue()) {
            run.sink().tryEmitValue(signal.get());
        } else {
            run.sink().tryEmitError(Objects.requireNonNull(signal.getThrowable()));
        }
    }

    private synchronized Run<Q, A> next() {
        var run = new Run<>(newest, Objects.requireNonNull(waiting));
        running = run;
        waiting = null;
        return run;
    }

    private synchronized void ended(Run<Q, A> run, Signal<A> signal, long begun) {
        endedNanos = nanos.getAsLong();
        tookNanos = endedNanos - begun;
        running = null;
        last = new Ended<>(run.asked().number(), signal);
        var value = signal.get();
        if (value != null) {
            good = value;
            goodNumber = run.asked().number();
            // When, while it ran, is not worth remembering.
            replacedNanos = begun;
        }
        if (waiting != null) {
            schedule();
        }
    }
}
