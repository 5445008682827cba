package dev.underpass.console.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest events, from which every client reads at its own pace. Who is slow holds nothing back: what it missed
/// is forgotten here, and it gets one `reset` in its place.
final class EventLog {

    static final int MOST = 256;
    private static final long UNKNOWN = -1;

    private final String start;
    private final Deque<Event> events = new ArrayDeque<>();
    private long newest;

    /// @param start names this start of the console: positions of another one mean nothing
    EventLog(String start) {
        this.start = start;
    }

    /// Where a client reads on.
    static final class Cursor {
        private long position;

        private Cursor(long position) {
            this.position = position;
        }
    }

    /// What says that events were missed, so that everything is to be read anew.
    record Missed(String reason) {}

    synchronized void add(String type, Object data) {
        newest++;
        events.addLast(new Event(id(newest), type, data));
        if (events.size() > MOST) {
            events.removeFirst();
        }
    }

    synchronized long newest() {
        return newest;
    }

    /// The id of the newest event, or of the start where there was none.
    synchronized String newestId() {
        return id(newest);
    }

    private String id(long position) {
        return start + "-" + position;
    }

    /// Behind the event of an id; behind the newest one for a client that names none.
    synchronized Cursor cursor(@Nullable String lastId) {
        return new Cursor(lastId == null ? newest : position(lastId));
    }

    private long position(String id) {
        if (!id.startsWith(start + "-")) {
            return UNKNOWN;
        }
        try {
            long position = Long.parseLong(id.substring(start.length() + 1));
            return position >= 0 && position <= newest ? position : UNKNOWN;
        } catch (NumberFormatException _) {
            return UNKNOWN;
        }
    }

    /// What came after the cursor, which moves to the newest event.
    synchronized List<Event> next(Cursor cursor) {
        long from = cursor.position;
        cursor.position = newest;
        if (from == UNKNOWN || newest - from > events.size()) {
            return List.of(new Event(id(newest), "reset", new Missed("events were missed: read everything anew")));
        }
        return events.stream().skip(events.size() - (newest - from)).toList();
    }
}
