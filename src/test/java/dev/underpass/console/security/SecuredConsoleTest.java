package dev.underpass.console.security;

import dev.underpass.console.ConsoleApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/// A test of the console with a login, all in one context.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "underpass.audit=target/audit-of-logins.jsonl",
            "underpass.security.oidc.client-id=console",
            "underpass.security.oidc.client-secret=secret",
            "underpass.security.oidc.audience=underpass-api"
        })
@ContextConfiguration(initializers = SecuredConsoleSetting.class)
@interface SecuredConsoleTest {}
