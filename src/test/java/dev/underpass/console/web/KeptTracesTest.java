package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.TestClock;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Path;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Answers that are kept.
class KeptTracesTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-11-28T08:00:00.5Z"));
    private final KeptTraces kept = new KeptTraces(clock, Store.ALONE);

    private static TracePage page(String from) {
        return TracePage.of(new TracePage.Form(from, "", "", List.of(), List.of()), Sentence.NONE);
    }

    @Test
    void aKeptAnswerSaysWhenItWasGiven() {
        var id = kept.keep(page("lab/u1"));

        var again = kept.page(id);
        assertThat(again.form().from()).isEqualTo("lab/u1");
        assertThat(again.kept())
                .isEqualTo(new TracePage.Kept(id, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    /// Versions that knew no facts beside a decision kept answers, too.
    @Test
    void anAnswerOfAnOlderVersionIsRead() {
        var analysis = Analysis.of(Recordings.read("hijack-route-deleted"));
        var target = analysis.target(IpAddress.parse("10.233.42.25"), 80, Protocol.TCP);
        var path = analysis.trace(new ObjectName("lab", "u1"), target).worst();
        var now = Told.of("path", path);
        var tree = JsonMapper.shared().readTree(now.json());
        tree.findParents("facts").forEach(each -> ((ObjectNode) each).remove(List.of("facts", "passed")));
        var older = new Told("path", tree.toString());

        assertThat(now.json()).contains("\"facts\":[{");
        assertThat(older.json()).doesNotContain("facts", "passed");
        assertThat(now.as(Path.class)).isEqualTo(path);
        assertThat(older.as(Path.class).forward())
                .hasSameSizeAs(path.forward())
                .allSatisfy(hop -> assertThat(hop.facts()).isEmpty());
        assertThat(older.as(Path.class).end().facts()).isEmpty();
    }

    @Test
    void theOldestGoes() {
        var first = kept.keep(page("first"));
        var second = kept.keep(page("second"));
        for (int i = 2; i <= KeptTraces.MOST; i++) {
            kept.keep(page("more"));
        }

        assertThatThrownBy(() -> kept.page(first))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(first);
        assertThat(kept.page(second).form().from()).isEqualTo("second");
    }
}
