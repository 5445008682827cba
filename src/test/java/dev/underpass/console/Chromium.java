package dev.underpass.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The system's Chromium; tests that need it are skipped where there is none.
public final class Chromium {

    public static final double PATIENCE_MILLIS = 60_000;

    private Chromium() {}

    /// Playwright without browsers of its own.
    public static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    static Optional<Path> executable() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("UNDERPASS_CHROMIUM")),
                        Stream.of(
                                // Without windows, toolbars and their own pages: each page costs a renderer less.
                                "/usr/bin/chromium-headless-shell",
                                "/usr/bin/chromium",
                                "/usr/bin/chromium-browser",
                                "/usr/bin/google-chrome"))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Browser launch(Playwright playwright) {
        var executable = executable();
        assumeTrue(executable.isPresent(), "needs Chromium; name it with UNDERPASS_CHROMIUM");
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable.get())
                        .setArgs(List.of(
                                "--no-sandbox",
                                // Scripts may ask what assistive technology calls an element: computedName.
                                "--enable-blink-features=ComputedAccessibilityInfo",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /// A page in a browser of its own, once its bar says that of it.
    public static Page open(Playwright playwright, String address, String state) {
        var page = launch(playwright).newContext().newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.navigate(address);
        page.waitForSelector("#live[data-state=%s]".formatted(state));
        return page;
    }
}
