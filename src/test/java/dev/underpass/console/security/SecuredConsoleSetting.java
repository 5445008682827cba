package dev.underpass.console.security;

import dev.underpass.Recordings;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.recordings.Written;
import dev.underpass.oidc.TestProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// The provider that is running, and a cluster.
class SecuredConsoleSetting implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "underpass.security.oidc.issuer="
                                + TestProvider.running().issuer(),
                        "underpass.source=bundle:" + Recordings.path("hijack-route-deleted"),
                        "underpass.recordings.directory=" + recordings())
                .applyTo(context);
    }

    /// With one recording, of a time to come, so that no other is due.
    private static Path recordings() {
        try {
            var directory = Files.createTempDirectory("recordings");
            Written.put(directory, Instant.parse("2099-11-23T10:00:00Z"), Recordings.path("healthy"));
            return directory;
        } catch (IOException | BundleException e) {
            throw new IllegalStateException(e);
        }
    }
}
