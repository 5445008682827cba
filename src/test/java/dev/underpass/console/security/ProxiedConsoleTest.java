package dev.underpass.console.security;

import dev.underpass.console.ConsoleApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/// A test of the console with a login behind proxies, all in one context.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "underpass.audit=target/audit-behind-proxies.jsonl",
            // Boot believes headers of anybody there, unless it is told not to.
            "spring.main.cloud-platform=kubernetes",
            "underpass.proxy.trusted=127.0.0.1",
            "underpass.proxy.path=/desk/net",
            "underpass.security.oidc.client-id=console",
            "underpass.security.oidc.client-secret=secret"
        })
@ContextConfiguration(initializers = SecuredConsoleSetting.class)
@interface ProxiedConsoleTest {}
