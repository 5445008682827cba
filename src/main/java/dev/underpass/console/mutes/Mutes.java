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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Which findings are muted, and what was muted before; at other replicas too. A mute is of one code. It ends by
/// itself,
/// lasts until then whether the finding is there or not, and counts while what is found is no more than was muted.
@Component
public final class Mutes implements Follower {

    static final int MOST = 1_000;
    static final int LONGEST_REASON = 500;

    /// 90 days.
    public static final int MOST_HOURS = 90 * 24;

    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private final Map<String, Mark> newest = new HashMap<>();
    private final Clock clock;
    private final Store store;

    /// What somebody asks for.
    ///
    /// @param hours how long
    public record Wish(String code, String reason, int hours) {}

    public Mutes(Clock clock, Store store) {
        this.clock = clock;
        this.store = store;
        store.follow(Topic.MUTES, this);
    }

    /// Mutes what is found of a code now.
    ///
    /// @throws NotFoundException if nothing is found of it
    /// @throws InvalidInputException if there is no reason, or it is for too long
    public Mark mute(ClusterView cluster, Wish wish, String who) {
        var code = wish.code();
        var finding = cluster.findings().stream()
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_FINDING.with(code)));
        var reason = reason(wish.reason());
        var now = now();
        var until = now.plus(length(wish.hours()));
        return told(new Mark(id(), code, version(code), now, who, reason, until, Extent.of(finding)));
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

    private static Duration length(int hours) {
        if (hours < 1 || hours > MOST_HOURS) {
            throw new InvalidInputException("hours", Phrases.MUTE_HOURS.with(MOST_HOURS));
        }
        return Duration.ofHours(hours);
    }

    /// Ends the mute of a code, whether or not it is found now.
    ///
    /// @throws NotFoundException if there is none
    public Mark unmute(String code, String who) {
        var mute = of(code).orElseThrow(() -> new NotFoundException(Phrases.NOT_MUTED.with(code)));
        return told(mute.ended(id(), version(code), now(), who));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private synchronized long version(String code) {
        var before = newest.get(code);
        return before == null ? 1 : before.version() + 1;
    }

    private Mark told(Mark mark) {
        put(mark);
        store.tellNow(Topic.MUTES, Told.of(mark.id(), mark));
        return mark;
    }

    private synchronized void put(Mark mark) {
        if (marks.putIfAbsent(mark.id(), mark) == null) {
            newest.merge(mark.code(), mark, BinaryOperator.maxBy(Mark.OLDEST_FIRST));
            forget();
        }
    }

    /// The oldest go, but not what counts now.
    private void forget() {
        if (marks.size() > MOST) {
            marks.values().stream()
                    .filter(mark -> !mark.equals(newest.get(mark.code())))
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

    /// The mute of a code, while it lasts.
    public synchronized Optional<Mark> of(String code) {
        return Optional.ofNullable(newest.get(code)).filter(mark -> mark.lasts(clock.instant()));
    }

    /// The mute of a finding, while it lasts, whether or not it counts.
    public Optional<Muted> of(Finding finding) {
        return of(finding.code()).map(mark -> new Muted(mark, Extent.of(finding).beyond(mark.extent())));
    }

    /// Whether a finding is muted, by a mute that counts.
    public boolean isMuted(Finding finding) {
        return of(finding).filter(Muted::counts).isPresent();
    }

    /// How many findings are muted.
    public int among(Collection<Finding> findings) {
        return (int) findings.stream().filter(this::isMuted).count();
    }

    /// All mutes that last.
    public synchronized Set<Mark> lasting() {
        var now = clock.instant();
        return newest.values().stream().filter(mark -> mark.lasts(now)).collect(Collectors.toUnmodifiableSet());
    }

    /// What was muted and ended, the newest first. Of a mute that ended by itself there is an end that nobody made.
    public List<Mark> history() {
        var now = clock.instant();
        var history = new ArrayList<Mark>();
        var next = new HashMap<String, Mark>();
        for (var mark : newestFirst()) {
            var after = next.put(mark.code(), mark);
            boolean replaced = after != null && after.at().isBefore(mark.until());
            if (!mark.ends() && !mark.lasts(now) && !replaced) {
                history.add(mark.ended(mark.id() + "-end", mark.version(), mark.until(), ""));
            }
            history.add(mark);
        }
        history.sort(Comparator.comparing(Mark::at).reversed());
        return history;
    }

    private synchronized List<Mark> newestFirst() {
        return marks.values().stream().sorted(Mark.OLDEST_FIRST.reversed()).toList();
    }
}
