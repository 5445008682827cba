package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.report.NamespaceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How a whole agent sends its reports, whatever the console answers.
@Tag("netns")
class AgentSendingTest extends RunningAgent {

    @Test
    void sendsOnlyWhatChangedToAConsoleThatTakesIt() throws IOException {
        run(NAMES);
        console.await("of both Pods", report -> has(report, "a") && has(report, "b"));
        console.await(
                "of all packet filters",
                report -> hasFilters(report.host().namespace())
                        && hasFilters(report(report, "a").network())
                        && hasFilters(report(report, "b").network()));
        int whole = Collections.max(console.sizes());

        ip(pod("a"), "route", "del", "10.20.0.0/16");
        console.await("without the route", report -> !hasRoute(report(report, "a"), ROUTE));

        assertThat(console.sizes().getLast()).isLessThan(whole / 4);
        assertThat(console.newestText())
                .contains("\"changesSince\":", "\"routes\":")
                .doesNotContain("\"host\":", "\"links\":", "\"rules\":", "\"sysctls\":", "\"iptables\":");
    }

    private static boolean hasFilters(NamespaceReport report) {
        return report.filters().iptables() != null;
    }

    @Test
    void sendsWholeReportsToAConsoleThatKnowsNothingElse() throws IOException {
        console.takesOnlyWholeReports();
        run(NAMES);
        console.await("of both Pods", report -> has(report, "a") && has(report, "b"));

        ip(pod("a"), "route", "del", "10.20.0.0/16");

        var report = console.await("without the route", each -> !hasRoute(report(each, "a"), ROUTE));
        assertThat(hasRoute(report(report, "b"), ROUTE)).isTrue();
    }

    @Test
    void outlivesAConsoleThatIsGoneAndForgets() throws IOException {
        run(NAMES);
        console.await("at all", report -> has(report, "a"));
        console.stop();
        ip(pod("a"), "route", "del", "10.20.0.0/16");

        console.restart();

        var report = console.await("after the restart", each -> has(each, "b"));
        assertThat(hasRoute(report(report, "a"), ROUTE)).isFalse();
    }

    @Test
    void readsTheTokenAnewAfterItExpired() throws IOException {
        run(NAMES);
        console.await("at all", report -> has(report, "a"));
        console.answer(401);
        Files.writeString(token(), "second");
        ip(pod("a"), "route", "del", "10.20.0.0/16");
        console.answer(204);

        console.await("with the new token", report -> !hasRoute(report(report, "a"), ROUTE));

        assertThat(console.tokens()).startsWith("Bearer first").endsWith("Bearer second");
    }

    @Test
    void numbersItsReportsUpwards() throws IOException {
        run(NAMES);
        console.await("at all", report -> has(report, "a"));
        for (int i = 0; i < 5; i++) {
            ip(pod("a"), "route", "add", "10.30." + i + ".0/24", "via", "10.1.0.254");
        }
        console.await(
                "with the last route", report -> hasRoute(report(report, "a"), "10.30.4.0/24 via 10.1.0.254 dev eth0"));

        assertThat(console.sequences()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void reportsOnWhenTheClockIsSetBack() throws IOException {
        var now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
        run(NAMES, now::get, new FilterReader());
        var before = console.await("at all", report -> has(report, "a"));

        now.set(Instant.parse("2020-01-01T00:00:00Z"));
        ip(pod("a"), "route", "del", "10.20.0.0/16");

        var after = console.await("without the route", report -> !hasRoute(report(report, "a"), ROUTE));
        assertThat(after.collectedAt()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(after.bootId()).isEqualTo(before.bootId());
        assertThat(after.sequence()).isGreaterThan(before.sequence());
        console.await("on time", report -> report.sequence() > after.sequence() + 2);
        assertThat(console.sequences()).isSorted().doesNotHaveDuplicates();
    }
}
