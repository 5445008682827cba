package dev.underpass.console;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/// The console as a Spring Boot application.
@SpringBootApplication
public class ConsoleApplication {

    /// Starts it; it goes on in the background.
    public static void run(String... arguments) {
        SpringApplication.run(ConsoleApplication.class, arguments);
    }

    /// The console's time; nothing asks another clock.
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
