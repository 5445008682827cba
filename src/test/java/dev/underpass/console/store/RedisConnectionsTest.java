package dev.underpass.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.kubeapi.LoopbackCertificate;
import dev.underpass.kubeapi.ServerProcess;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The ways to a Redis that is not open to everybody, by the settings that docs/operations.md names.
class RedisConnectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USER = "underpass";

    /// What the console does with Redis, and no more: of its own keys.
    static String rights(String password) {
        return "user %s on >%s ~{underpass}:* resetchannels -@all +@read +@write +@scripting +@connection -@dangerous +info"
                .formatted(USER, password);
    }

    /// Settings of a file as options of the command.
    static String[] options(Stream<String> settings) {
        return settings.flatMap(line -> Stream.of(("--" + line).split(" ", -1))).toArray(String[]::new);
    }

    /// Somebody who follows all that there is to follow.
    static final class Listener implements Follower, ReportFollower {

        final List<Told> heard = new CopyOnWriteArrayList<>();

        @Override
        public void hear(Told told) {
            if (!heard.contains(told)) {
                heard.add(told);
            }
        }

        @Override
        public List<Told> held() {
            return List.copyOf(heard);
        }

        @Override
        public boolean hear(ReportPart changes) {
            return true;
        }

        @Override
        public void hear(List<ReportPart> parts) {
            // No reports are told here.
        }

        @Override
        public Set<String> nodes() {
            return Set.of();
        }

        @Override
        public boolean isNewest(String node, String bootId, long sequence) {
            return true;
        }

        @Override
        public ReportPart whole(String node) {
            throw new IllegalStateException("no reports are told here");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Following {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Listener listener(Store store) {
            var listener = new Listener();
            store.follow(Topic.JOURNAL, listener);
            store.follow((ReportFollower) listener);
            return listener;
        }
    }

    static ApplicationContextRunner console(String... settings) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withUserConfiguration(RedisConsole.class, Following.class)
                .withPropertyValues("underpass.store=redis")
                .withPropertyValues(settings);
    }

    static void tellsAndHears(ApplicationContext console, String key) {
        var told = new Told(key, "{}");

        console.getBean(Store.class).tellNow(Topic.JOURNAL, told);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(console.getBean(Listener.class).heard).contains(told));
        assertThat(console.getBean(Store.class).status().awaySince()).isNull();
        assertThat(console.getBean(MeterRegistry.class)
                        .get("underpass.store.up")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    /// A reason is awaited: until then the store "has not answered yet".
    private static void isAwayBecauseOf(ApplicationContext console, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(console.getBean(Store.class).status().reason())
                                .contains(reason));
        assertThat(console.getBean(MeterRegistry.class)
                        .get("underpass.store.up")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void byAUserWhoMayDoNoMoreThanTheConsoleNeeds() {
        try (var redis = RedisServer.with(options(Stream.of(rights("s3cret"))))) {
            // Another user than the one whom everybody is.
            console(
                            "spring.data.redis.host=127.0.0.1",
                            "spring.data.redis.port=" + redis.port(),
                            "spring.data.redis.username=" + USER,
                            "spring.data.redis.password=s3cret")
                    .run(console -> tellsAndHears(console, "by a user"));
            console("spring.data.redis.url=redis://%s:s3cret@127.0.0.1:%d".formatted(USER, redis.port()))
                    .run(console -> tellsAndHears(console, "by the address"));
        }
    }

    @Test
    void whatTooMuchWaitedForIsCountedAsLost() {
        try (var redis = RedisServer.forgetful()) {
            console("spring.data.redis.url=" + redis.url()).run(console -> {
                tellsAndHears(console, "while it answers");
                assertThat(lost(console)).isZero();
                redis.stop();
                var store = console.getBean(Store.class);
                await().atMost(PATIENCE).until(() -> store.status().awaySince() != null);

                IntStream.range(0, Outbox.MOST + 3)
                        .forEach(i -> store.tell(Topic.COMMANDS, new Told("command " + i, "{}")));

                assertThat(lost(console)).isEqualTo(3);
                assertThat(store.status().waiting()).isEqualTo(Outbox.MOST);
            });
        }
    }

    private static double lost(ApplicationContext console) {
        return console.getBean(MeterRegistry.class)
                .get("underpass.store.lost")
                .functionCounter()
                .count();
    }

    @Test
    void aWrongPasswordIsSaidAndNothingWaitsForIt() {
        try (var redis = RedisServer.with("--requirepass", "s3cret")) {
            console("spring.data.redis.url=redis://:wrong@127.0.0.1:" + redis.port())
                    .run(console -> isAwayBecauseOf(console, "WRONGPASS"));
        }
    }

    /// Both show who they are.
    @Test
    void byTlsWithABundleOfCertificates(@TempDir Path folder) throws IOException {
        var certificate = LoopbackCertificate.of("redis", folder);
        var other = LoopbackCertificate.of("other", folder);
        int port = ServerProcess.freePort();
        try (var redis = RedisServer.with(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                certificate.certificate().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-ca-cert-file",
                certificate.certificate().toString(),
                "--tls-auth-clients",
                "yes")) {
            assertThat(redis.port()).isNotEqualTo(port);
            console(tls(port, certificate, certificate)).run(console -> tellsAndHears(console, "by TLS"));
            // An authority that did not sign the server's certificate.
            console(tls(port, other, certificate)).run(console -> isAwayBecauseOf(console, "certif"));
            // Without TLS.
            console("spring.data.redis.url=redis://127.0.0.1:" + port)
                    .run(console -> assertThat(
                                    console.getBean(Store.class).status().awaySince())
                            .isNotNull());
        }
    }

    private static String[] tls(int port, LoopbackCertificate trusted, LoopbackCertificate own) {
        var bundle = "spring.ssl.bundle.pem.redis.";
        return new String[] {
            "spring.data.redis.host=127.0.0.1",
            "spring.data.redis.port=" + port,
            "spring.data.redis.ssl.bundle=redis",
            bundle + "truststore.certificate=" + trusted.certificate(),
            bundle + "keystore.certificate=" + own.certificate(),
            bundle + "keystore.private-key=" + own.key()
        };
    }

    /// The sentinel makes the other one master when the master is gone, and what was told is there.
    @Test
    void bySentinelsAndAnotherMaster(@TempDir Path folder) throws IOException {
        try (var master = RedisServer.keeping();
                var other = RedisServer.with("--replicaof", "127.0.0.1 " + master.port())) {
            int port = ServerProcess.freePort();
            var sentinel = sentinel(port, master.port(), folder);
            sentinel.start();
            try {
                console(
                                "spring.data.redis.sentinel.master=underpass",
                                "spring.data.redis.sentinel.nodes=127.0.0.1:" + port)
                        .run(console -> {
                            tellsAndHears(console, "to the first");
                            await().atMost(PATIENCE)
                                    .until(() -> asked(port, "SENTINEL replicas underpass")
                                            .contains(Integer.toString(other.port())));
                            master.stop();
                            await().atMost(PATIENCE)
                                    .until(() -> asked(port, "SENTINEL get-master-addr-by-name underpass")
                                            .contains(Integer.toString(other.port())));
                            await().atMost(PATIENCE)
                                    .until(() -> console.getBean(Store.class)
                                                    .status()
                                                    .awaySince()
                                            == null);

                            tellsAndHears(console, "to the other");
                        });
                assertThat(asked(other.port(), "XLEN {underpass}:1:journal")).startsWith(":2");
            } finally {
                sentinel.kill();
            }
        }
    }

    private static ServerProcess sentinel(int port, int master, Path folder) throws IOException {
        var settings = Files.writeString(folder.resolve("sentinel.conf"), """
                bind 127.0.0.1
                port %d
                dir %s
                sentinel monitor underpass 127.0.0.1 %d 1
                sentinel down-after-milliseconds underpass 1000
                """.formatted(port, folder, master));
        return new ServerProcess(
                List.of("redis-server", settings.toString(), "--sentinel"),
                folder.resolve("sentinel.log"),
                () -> asked(port, "PING").startsWith("+PONG"));
    }

    /// What a server says to one command; nothing where there is none.
    static String asked(int port, String command) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            // It answers, and then hears that there is nothing more.
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException _) {
            return "";
        }
    }
}
