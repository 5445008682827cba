package dev.underpass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.underpass.cluster.NodeName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleAddressTest {

    @TempDir
    private Path folder;

    private Path token(String text) throws IOException {
        return Files.writeString(folder.resolve("token"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://underpass.example",
                "http://127.0.0.1:8080",
                "http://localhost:8080",
                "http://[::1]:8080"
            })
    void sendsATokenWhereNobodyElseReadsIt(String console) throws Exception {
        assertThat(ConsoleAddress.of(console, token("abc.def\n"))).isEqualTo(new ConsoleAddress(console, "abc.def"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://underpass.example", "http://192.0.2.7:8080", "http://127.0.0.1.example"})
    void sendsNoTokenAsClearText(String console) throws Exception {
        var file = token("abc");

        assertThatThrownBy(() -> ConsoleAddress.of(console, file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("by https only");
        assertThat(ConsoleAddress.of(console, null).token()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\nb", "ü"})
    void refusesWhatIsNoToken(String text) throws IOException {
        var file = token(text);

        assertThatThrownBy(() -> ConsoleAddress.of("https://underpass.example", file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no bearer token");
    }

    @Test
    void asksWithItAndSaysWhenAnotherIsWanted() throws Exception {
        var seen = Collections.synchronizedList(new ArrayList<String>());
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/nodes/n1/report", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(seen.getLast().equals("Bearer right") ? 404 : 401, -1);
            exchange.close();
        });
        server.start();
        try {
            var console = "http://127.0.0.1:" + server.getAddress().getPort();
            var nodes = List.of(new NodeName("n1"));
            var right = ConsoleAddress.of(console, token("right"));
            var none = ConsoleAddress.of(console, null);

            assertThat(ConsoleReports.of(right, nodes).missing()).isEqualTo(nodes);
            assertThatThrownBy(() -> ConsoleReports.of(none, nodes))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("status 401")
                    .hasMessageContaining("--console-token-file");
            assertThat(seen).containsExactly("Bearer right", "null");
        } finally {
            server.stop(0);
        }
    }
}
