package dev.underpass.console;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The console as a Spring Boot application.
@SpringBootApplication
public class ConsoleApplication {

    /// Starts it; it goes on in the background.
    public static void run(String... arguments) {
        SpringApplication.run(ConsoleApplication.class, arguments);
    }
}
