package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaletteTest {

    private static final List<SavedView> VIEWS = List.of(new SavedView(
            "4-2", 0, "Broken in lab", "/pods?q=ns:lab", "li", Instant.parse("2026-11-23T08:00:00Z"), false));

    private final ClusterView cluster;

    PaletteTest() throws BundleException {
        var clock = new TestClock(Instant.parse("2026-11-23T08:00:00Z"));
        var analysis = new CurrentAnalysis("bundle:" + Recordings.path("hijack-route-deleted"), "lab", clock);
        cluster = Objects.requireNonNull(analysis.current().block(Duration.ofMinutes(2)));
        analysis.destroy();
    }

    private List<PaletteSearch.Hit> found(String text) {
        return PaletteSearch.of(text)
                .among(cluster, VIEWS, page -> page, (action, pod) -> (action + " " + pod).strip());
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            u1                                  | pod     | /pods/lab/u1
            lab/U1                              | pod     | /pods/lab/u1
            10.6.212.101                        | node    | /nodes/node1
            node1                               | node    | /nodes/node1
            lab/web                             | service | /services/lab/web
            u22                                 | code    | /findings/U22
            settings                            | page    | /settings
            overview                            | page    | /
            broken in                           | view    | /views/4-2
            access                              | page    | /networks/access
            failing                             | action  | /pods?q=verdict:unreachable
            trace lab/u1                        | action  | /trace?from=lab%2Fu1
            routes u20                          | action  | /pods/lab/u20/routes
            yaml 10.6.212.241                   | action  | /pods/lab/u1/yaml
            trace lab/u1 to lab/web:80          | trace   | /trace?from=lab%2Fu1&to=lab%2Fweb%3A80
            trace from lab/u1 to lab/web        | trace   | /trace?from=lab%2Fu1&to=lab%2Fweb
            lab/u1 -> 10.0.0.1:80               | trace   | /trace?from=lab%2Fu1&to=10.0.0.1%3A80
            """)
    void findsByNameAddressAndWords(String text, String kind, String href) {
        var first = found(text).getFirst();

        assertThat(first.kind()).isEqualTo(kind);
        assertThat(first.href()).isEqualTo(href);
    }

    @Test
    void findsAPodByTheMacAddressOfItsNic() {
        var pod = cluster.pods().stream()
                .filter(each -> each.name().name().equals("u1"))
                .findFirst()
                .orElseThrow();
        var mac = Objects.requireNonNull(PodTabs.interfaces(cluster, pod).devices()).stream()
                .filter(device -> device.role().equals("UNDERLAY"))
                .map(device -> String.valueOf(device.link().address()))
                .findFirst()
                .orElseThrow();

        assertThat(found(mac.toUpperCase(java.util.Locale.ROOT)))
                .extracting(PaletteSearch.Hit::href)
                .contains("/pods/lab/u1");
    }

    @Test
    void findsPagesThatStandInNoGroup() {
        assertThat(found("record")).extracting(PaletteSearch.Hit::href).contains("/recordings");
        assertThat(found("reserved")).extracting(PaletteSearch.Hit::href).contains("/reservedips");
    }

    @Test
    void offersEveryPageWhenNothingIsTyped() {
        assertThat(found("")).extracting(PaletteSearch.Hit::kind).containsOnly("page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "l", "10.", "e"})
    void findsNoMoreThanItMay(String text) {
        assertThat(found(text)).hasSizeLessThanOrEqualTo(PaletteSearch.MOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>", "\u202e", "zzz to", "&&&"})
    void findsNothingForWhatIsNowhere(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void keepsHostileWordsInsideTheAddressOfATrace() {
        assertThat(found("\"><b>&x=1 to #javascript:alert(1)").getFirst().href())
                .isEqualTo("/trace?from=%22%3E%3Cb%3E%26x%3D1&to=%23javascript%3Aalert%281%29");
    }
}
