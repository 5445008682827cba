package dev.underpass.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.kubeapi.LoopbackCertificate;
import dev.underpass.kubeapi.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of the overlay `ha-redis`, as it stands but for where servers and files are, reaches a Redis that lets
/// nobody in but by TLS, with a certificate and as a user.
class RedisExampleTest {

    private static final Path EXAMPLE = Path.of("k8s/overlays/ha-redis/redis.properties");
    private static final String SENTINEL = "underpass-sentinel";

    @TempDir
    private Path folder;

    private LoopbackCertificate server;
    private LoopbackCertificate console;

    @BeforeEach
    void certificates() throws IOException {
        server = LoopbackCertificate.of("server", folder);
        console = LoopbackCertificate.of("console", folder);
        Files.writeString(
                folder.resolve("both.crt"),
                Files.readString(server.certificate()) + Files.readString(console.certificate()));
    }

    /// The example's lines with other values in place of some; those that are comments in it, if wanted.
    private String[] example(boolean sentinels, Map<String, String> places) throws IOException {
        return Files.readAllLines(EXAMPLE).stream()
                .map(line -> sentinels && line.startsWith("#spring.") ? line.substring(1) : line)
                .filter(line -> line.startsWith("spring."))
                .map(line -> with(line, places))
                .filter(line -> !line.endsWith("=none"))
                .toArray(String[]::new);
    }

    private String with(String line, Map<String, String> places) {
        int equals = line.indexOf('=');
        var name = line.substring(0, equals);
        var value = line.substring(equals + 1)
                .replace("/etc/underpass/redis/ca.crt", server.certificate().toString())
                .replace("/etc/underpass/redis/tls.crt", console.certificate().toString())
                .replace("/etc/underpass/redis/tls.key", console.key().toString());
        return name + "=" + places.getOrDefault(name.replace("spring.data.redis.", ""), value);
    }

    private Stream<String> tls(int port) {
        return Stream.of(
                "tls-port " + port,
                "tls-cert-file " + server.certificate(),
                "tls-key-file " + server.key(),
                "tls-ca-cert-file " + folder.resolve("both.crt"),
                "tls-auth-clients yes",
                "user default off");
    }

    private RedisServer redis(int port) {
        return RedisServer.with(RedisConnectionsTest.options(Stream.concat(
                tls(port),
                Stream.of(RedisConnectionsTest.rights("change-me"), "user watching on >s3cret ~* &* +@all"))));
    }

    @Test
    void oneServer() throws IOException {
        int port = ServerProcess.freePort();
        try (var redis = redis(port)) {
            assertThat(RedisConnectionsTest.asked(redis.port(), "PING")).startsWith("-NOAUTH");
            var places = Map.of("host", "127.0.0.1", "port", Integer.toString(port));

            RedisConnectionsTest.console(example(false, places))
                    .run(context -> RedisConnectionsTest.tellsAndHears(context, "to one"));
        }
    }

    @Test
    void sentinels() throws IOException {
        int port = ServerProcess.freePort();
        int asked = ServerProcess.freePort();
        try (var redis = redis(port)) {
            assertThat(redis.port()).isNotEqualTo(port);
            var sentinel = sentinel(asked, port);
            sentinel.start();
            try {
                var places = Map.of("host", "none", "port", "none", "sentinel.nodes", "127.0.0.1:" + asked);

                RedisConnectionsTest.console(example(true, places))
                        .run(context -> RedisConnectionsTest.tellsAndHears(context, "to the master"));
            } finally {
                sentinel.kill();
            }
        }
    }

    /// It takes the master for one by TLS, too.
    private ServerProcess sentinel(int tls, int master) throws IOException {
        int plain = ServerProcess.freePort();
        var settings = Stream.concat(
                tls(tls),
                Stream.of(
                        "bind 127.0.0.1",
                        "port " + plain,
                        "dir " + folder,
                        "tls-replication yes",
                        "user " + SENTINEL + " on >change-me-too ~* &* +@all",
                        "sentinel monitor underpass 127.0.0.1 " + master + " 1",
                        "sentinel auth-user underpass watching",
                        "sentinel auth-pass underpass s3cret"));
        var file = Files.write(folder.resolve("sentinel.conf"), settings.toList());
        return new ServerProcess(
                List.of("redis-server", file.toString(), "--sentinel"),
                folder.resolve("sentinel.log"),
                () -> RedisConnectionsTest.asked(plain, "AUTH " + SENTINEL + " change-me-too\r\nPING")
                        .contains("+PONG"));
    }
}
