package dev.underpass.console.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.underpass.console.Impersonated;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.console.edit.KubernetesObjects.Mode;
import dev.underpass.console.edit.ObjectRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the API server is told about whom an edit is for.
class ImpersonatedCallsTest {

    private static final Mode MODE = new Mode(false, false);
    private static final ObjectRef POOL = new ObjectRef(EditedKind.IP_POOL, "", "v4");

    @TempDir
    private Path folder;

    private final BlockingQueue<Headers> asked = new LinkedBlockingQueue<>();
    private HttpServer server;
    private Path kubeconfig;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders());
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"), """
                {apiVersion: v1, kind: Config, current-context: c,
                 clusters: [{name: c, cluster: {server: 'http://127.0.0.1:%d'}}],
                 users: [{name: u, user: {token: t}}],
                 contexts: [{name: c, context: {cluster: c, user: u}}]}
                """.formatted(server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ApiObjects api(boolean impersonating) {
        return new ApiObjects(new ApiClients(kubeconfig.toString(), ""), impersonating);
    }

    private static int create(ApiObjects api) {
        try {
            return api.create(POOL, JsonNodeFactory.instance.objectNode(), MODE).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String utf8(String header) {
        return new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Test
    void itIsToldThePersonAndEveryGroup() throws InterruptedException {
        var someone = new Impersonated("oidc:王小明", List.of("net", "ops"));

        assertThat(someone.<Integer>during(() -> create(api(true)))).isEqualTo(200);

        var headers = asked.take();
        assertThat(utf8(headers.getFirst("Impersonate-User"))).isEqualTo("oidc:王小明");
        assertThat(headers.get("Impersonate-Group")).containsExactly("net", "ops");
        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer t");
    }

    @Test
    void theConsoleReadsAsItself() throws Exception {
        assertThat(api(true).get(POOL).status()).isEqualTo(200);

        assertThat(asked.take()).doesNotContainKeys("Impersonate-user", "Impersonate-group");
    }

    @Test
    void nothingIsWrittenForNobody() {
        assertThatIllegalStateException().isThrownBy(() -> create(api(true)));

        assertThat(asked).isEmpty();
    }

    @Test
    void withoutImpersonationTheConsoleWritesAsItself() throws InterruptedException {
        assertThat(create(api(false))).isEqualTo(200);

        assertThat(asked.take()).doesNotContainKey("Impersonate-user");
    }
}
