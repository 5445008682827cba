package dev.underpass.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import dev.underpass.Recordings;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.console.recordings.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// A console that shows a recording with a broken Pod, and a browser to look at it with. Classes of tests that extend
/// this one share the console where they run one after the other.
@Tag("browser")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.demo=true"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecordedConsole {

    /// When the cluster was recorded as it was before the Pod broke: not yet, so that no other recording is due.
    static final Instant RECORDED = Instant.parse("2099-11-23T10:00:00Z");

    @LocalServerPort
    private int port;

    @Autowired
    private CurrentAnalysis analysis;

    @Autowired
    private Mutes mutes;

    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) throws IOException, BundleException {
        var recordings = Files.createTempDirectory("recordings");
        Written.put(recordings, RECORDED, Recordings.path("healthy"));
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
        registry.add("underpass.recordings.directory", recordings::toString);
    }

    @BeforeAll
    void startBrowser() {
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
        var cluster = Objects.requireNonNull(analysis.current().block());
        mutes.mute(cluster, new Mutes.Wish("U73", "known-for-long-".repeat(20), 24), "li");
    }

    @AfterAll
    void stopBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    Browser browser() {
        return Objects.requireNonNull(browser);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
