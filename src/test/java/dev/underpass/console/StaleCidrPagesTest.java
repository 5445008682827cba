package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// From "I changed the Service CIDR" to what must be restarted, in a recording of exactly that.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaleCidrPagesTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("service-cidr-added"));
    }

    private String page(String path) {
        return Clients.page(port, path);
    }

    @Test
    void leadsFromTheFirstPageToTheWorkloadsInOneClick() {
        assertThat(page("/")).contains("Pods run old routes", "href=\"/findings/U05/workloads\"");
        assertThat(page("/findings/U05/workloads"))
                .contains("Restart the Pods")
                .contains("lab/u1")
                .doesNotContain("??");
    }

    /// How many lines of evidence the finding has on a page.
    private long evidence(String path) {
        var page = page(path);
        var evidence = Pattern.compile("<pre[^>]*>([^<]*missing: [^<]*)</pre>").matcher(page);
        assertThat(evidence.find()).as(page).isTrue();
        return evidence.group(1).strip().lines().count();
    }

    @Test
    void aCardHasTwoLinesOfEvidenceAndItsPageAllOfThem() {
        assertThat(evidence("/findings/U05")).isGreaterThan(2);
        assertThat(evidence("/")).isEqualTo(2);
    }

    @Test
    void aPodsRoutesSayWhenItWasMadeAndNotWhenNobodySaw() {
        assertThat(page("/pods/lab/u1/routes"))
                .contains("id=\"drifted\"", "The Pod was made at ", "a bundle is shown, and nothing is watched.")
                .doesNotContain("Seen since", "??");
    }

    @Test
    void theCoordinatorsPageNamesThePodsThatDiffer() {
        assertThat(page("/coordinator")).contains("lab/u1", "U05", "MISSING");
    }
}
