package dev.underpass.console.mutes;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.Unseen;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.store.Follower;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Finding.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/// Which findings are muted, and what was muted before; at other replicas too. A mute ends by itself, and lasts until
/// then whether the finding is there or not.
@Component
public final class Mutes implements Follower {

    static final int MOST = 1_000;
    static final int LONGEST_REASON = 500;

    /// 90 days.
    public static final int MOST_HOURS = 90 * 24;

    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private final Map<Name, Mark> newest = new HashMap<>();
    private final Clock clock;
    private final Store store;

    /// There is one finding of each code and kind.
    private record Name(String code, Kind kind) {

        static Name of(Mark mark) {
            return new Name(mark.code(), mark.kind());
        }
    }

    public Mutes(Clock clock, Store store) {
        this.clock = clock;
        this.store = store;
        store.follow(Topic.MUTES, this);
    }

    /// Mutes what is found of a code now.
    ///
    /// @param hours how long
    /// @throws NotFoundException if nothing is found of it
    /// @throws InvalidInputException if there is no reason, or it is for too long
    public Mark mute(ClusterView cluster, String code, String reason, int hours, String who) {
        var finding = cluster.findings().stream()
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_FINDING.with(code)));
        var why = reason(reason);
        if (hours < 1 || hours > MOST_HOURS) {
            throw new InvalidInputException("hours", Phrases.MUTE_HOURS.with(MOST_HOURS));
        }
        var until = now().plus(Duration.ofHours(hours));
        return told(marked(new Mark(id(), code, finding.kind(), 0, now(), who, why, until)));
    }

    private static String reason(String typed) {
        var reason = typed.strip();
        if (reason.isEmpty()) {
            throw new InvalidInputException("reason", Phrases.MUTE_WHY.with());
        }
        if (reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            throw new InvalidInputException("reason", Phrases.MUTE_LONGER.with(LONGEST_REASON));
        }
        if (Unseen.in(reason)) {
            throw new InvalidInputException("reason", Phrases.MUTE_UNSEEN.with());
        }
        return reason;
    }

    /// Ends the mutes of a code, whether or not it is found now.
    ///
    /// @throws NotFoundException if there are none
    public List<Mark> unmute(String code, String who) {
        var ended = of(code);
        if (ended.isEmpty()) {
            throw new NotFoundException(Phrases.NOT_MUTED.with(code));
        }
        return ended.stream()
                .map(mute -> told(marked(new Mark(id(), code, mute.kind(), 0, now(), who, "", null))))
                .toList();
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /// The next mark of its finding.
    private synchronized Mark marked(Mark mark) {
        var before = newest.get(Name.of(mark));
        var next = new Mark(
                mark.id(),
                mark.code(),
                mark.kind(),
                before == null ? 1 : before.version() + 1,
                mark.at(),
                mark.who(),
                mark.reason(),
                mark.until());
        put(next);
        return next;
    }

    private Mark told(Mark mark) {
        store.tellNow(Topic.MUTES, Told.of(mark.id(), mark));
        return mark;
    }

    private synchronized void put(Mark mark) {
        if (marks.putIfAbsent(mark.id(), mark) == null) {
            newest.merge(Name.of(mark), mark, BinaryOperator.maxBy(Mark.OLDEST_FIRST));
            forget();
        }
    }

    /// The oldest go, but not what counts now.
    private void forget() {
        if (marks.size() > MOST) {
            marks.values().stream()
                    .filter(mark -> !mark.equals(newest.get(Name.of(mark))))
                    .findFirst()
                    .ifPresent(mark -> marks.remove(mark.id()));
        }
    }

    @Override
    public void hear(Told told) {
        put(told.as(Mark.class));
    }

    @Override
    public synchronized List<Told> held() {
        return marks.values().stream().map(mark -> Told.of(mark.id(), mark)).toList();
    }

    /// The mute of a finding, while it lasts.
    public synchronized Optional<Mark> of(Finding finding) {
        return Optional.ofNullable(newest.get(new Name(finding.code(), finding.kind())))
                .filter(mark -> mark.isInForce(clock.instant()));
    }

    /// All mutes that last, of a code.
    public List<Mark> of(String code) {
        return inForce().stream().filter(mark -> mark.code().equals(code)).toList();
    }

    /// All mutes that last, by code.
    public synchronized List<Mark> inForce() {
        var now = clock.instant();
        return newest.values().stream()
                .filter(mark -> mark.isInForce(now))
                .sorted(Comparator.comparing(Mark::code).thenComparing(Mark::kind))
                .toList();
    }

    /// How many of the findings are muted.
    public int among(List<Finding> findings) {
        return (int) findings.stream().filter(each -> of(each).isPresent()).count();
    }

    /// What was muted and ended, the newest last. A mute that ended by itself is followed by its end, which nobody
    /// made.
    public synchronized List<Mark> history() {
        var now = clock.instant();
        return marks.values().stream()
                .mapMulti((Mark mark, Consumer<Mark> each) -> {
                    each.accept(mark);
                    expiry(mark, now).ifPresent(each);
                })
                .sorted(Comparator.comparing(Mark::at).thenComparing(Mark.OLDEST_FIRST))
                .toList();
    }

    private Optional<Mark> expiry(Mark mark, Instant now) {
        var until = mark.until();
        if (until == null || until.isAfter(now) || isReplaced(mark, until)) {
            return Optional.empty();
        }
        return Optional.of(
                new Mark(mark.id() + "-end", mark.code(), mark.kind(), mark.version(), until, "", "", null));
    }

    private boolean isReplaced(Mark mark, Instant until) {
        return marks.values().stream()
                .anyMatch(each -> Name.of(each).equals(Name.of(mark))
                        && each.version() > mark.version()
                        && each.at().isBefore(until));
    }
}
