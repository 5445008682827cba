package dev.underpass.console.security;

import dev.underpass.Recordings;
import dev.underpass.oidc.TestProvider;
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
                        "underpass.source=bundle:" + Recordings.path("hijack-route-deleted"))
                .applyTo(context);
    }
}
