package dev.underpass.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {

    private final EventLog log = new EventLog("start");

    private void add(int count) {
        IntStream.range(0, count).forEach(i -> log.add("report", Map.of("node", "node" + i)));
    }

    private static List<String> types(List<Event> events) {
        return events.stream().map(Event::type).distinct().toList();
    }

    @Test
    void tellsEachClientWhatItHasNotSeen() {
        add(2);
        var cursor = log.cursor("start-1");
        add(1);

        assertThat(log.next(cursor)).extracting(Event::id).containsExactly("start-2", "start-3");
        assertThat(log.next(cursor)).isEmpty();
    }

    @Test
    void startsAtTheNewestEventForAClientThatNamesNone() {
        add(3);

        assertThat(log.next(log.cursor(null))).isEmpty();
    }

    @Test
    void keepsAsManyEventsAsItMay() {
        add(EventLog.MOST + 5);

        assertThat(log.next(log.cursor("start-5"))).hasSize(EventLog.MOST);
        assertThat(types(log.next(log.cursor("start-5")))).containsExactly("report");
    }

    @Test
    void tellsASlowClientToReadAnewInPlaceOfABacklog() {
        var cursor = log.cursor(null);
        add(EventLog.MOST + 1);

        var events = log.next(cursor);

        assertThat(types(events)).containsExactly("reset");
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().id()).isEqualTo("start-" + (EventLog.MOST + 1));
        assertThat(log.next(cursor)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other-1", "start-", "start-x", "start--1", "start-99", "", "start-99999999999999999999"})
    void anIdThatIsNoneOfItsOwnMeansToReadAnew(String id) {
        add(3);

        assertThat(types(log.next(log.cursor(id)))).containsExactly("reset");
    }
}
