package dev.underpass.console.journal;

import dev.underpass.console.journal.Journal.Entry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What replicas saw change. Where several saw the same, it is one change: the first sighting of another replica that
/// says the same, and that this one has not seen yet.
///
/// All replicas hear the sightings in the same order, and so come to the same.
final class Sightings {

    /// A watch may be interrupted that long.
    private static final Duration APART = Duration.ofMinutes(5);

    private final int most;
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Set<String> heard = new LinkedHashSet<>();
    private final Map<String, Sighting> unheard = new LinkedHashMap<>();

    /// A change as one replica saw it.
    ///
    /// @param key names the sighting
    record Sighting(String key, String replica, Entry entry) {}

    private record Change(Sighting first, Set<String> replicas) {

        boolean isSeenBy(Sighting later) {
            var apart = Duration.between(first.entry().at(), later.entry().at()).abs();
            return !replicas.contains(later.replica())
                    && first.entry().change().equals(later.entry().change())
                    && apart.compareTo(APART) <= 0;
        }
    }

    Sightings(int most) {
        this.most = most;
    }

    /// It was seen here, and is told to all.
    void seenHere(Sighting sighting) {
        unheard.put(sighting.key(), sighting);
        if (unheard.size() > most) {
            unheard.remove(unheard.keySet().iterator().next());
        }
    }

    /// It is the next that all replicas hear; what was heard before is known.
    void heard(Sighting sighting) {
        unheard.remove(sighting.key());
        if (!heard.add(sighting.key())) {
            return;
        }
        var same = changes.stream().filter(change -> change.isSeenBy(sighting)).findFirst();
        if (same.isPresent()) {
            same.get().replicas().add(sighting.replica());
        } else {
            changes.addLast(new Change(sighting, new HashSet<>(Set.of(sighting.replica()))));
        }
        while (changes.size() > most) {
            changes.removeFirst();
        }
        while (heard.size() > 4 * most) {
            heard.remove(heard.iterator().next());
        }
    }

    /// The first sightings of all changes, in their order.
    List<Sighting> all() {
        return Stream.concat(changes.stream().map(Change::first), unheard.values().stream())
                .toList();
    }

    /// What was seen here and not heard yet counts, unless another replica was first.
    List<Entry> newestFirst() {
        var open = new ArrayList<>(changes);
        var shown = new ArrayList<>(changes.stream().map(Change::first).toList());
        for (var sighting : unheard.values()) {
            Optional<Change> same =
                    open.stream().filter(change -> change.isSeenBy(sighting)).findFirst();
            if (same.isPresent()) {
                open.remove(same.get());
            } else {
                shown.add(sighting);
            }
        }
        return shown.stream()
                .map(Sighting::entry)
                .sorted(Comparator.comparing(Entry::at)
                        .thenComparingLong(Entry::id)
                        .reversed())
                .limit(most)
                .toList();
    }
}
