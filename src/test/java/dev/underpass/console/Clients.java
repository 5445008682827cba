package dev.underpass.console;

import java.time.Duration;
import java.util.Objects;
import org.springframework.test.web.reactive.server.WebTestClient;

/// Asks a console under test as a browser without scripts does.
public final class Clients {

    private static final int MOST_BYTES = 8 << 20;

    private Clients() {}

    /// A client of the console at a port of this machine; it waits as long as a busy machine needs.
    public static WebTestClient of(int port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(60))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MOST_BYTES))
                .build();
    }

    /// A page that must be there.
    public static String page(int port, String path, Object... values) {
        return Objects.requireNonNull(of(port).get()
                .uri(path, values)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
