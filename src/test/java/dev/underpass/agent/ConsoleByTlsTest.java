package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.underpass.kubeapi.LoopbackCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A console that an agent trusts by a CA of its own.
class ConsoleByTlsTest {

    @TempDir
    Path folder;

    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private @Nullable HttpsServer server;
    private Path ca;

    @BeforeEach
    void authority() {
        ca = folder.resolve("ca.crt");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private LoopbackCertificate certificate(String name) throws IOException {
        return LoopbackCertificate.of(name, folder);
    }

    private void trusts(LoopbackCertificate certificate) throws IOException {
        Files.copy(certificate.certificate(), ca, StandardCopyOption.REPLACE_EXISTING);
    }

    private int serve(LoopbackCertificate certificate, int port) throws IOException {
        stop();
        var started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        started.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
        started.createContext("/api/v1/nodes/n/report", exchange -> {
            connections.add(exchange.getRemoteAddress());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        started.start();
        server = started;
        return started.getAddress().getPort();
    }

    private static SSLContext context(LoopbackCertificate certificate) throws IOException {
        try (var file = Files.newInputStream(certificate.certificate())) {
            var pem = Files.readString(certificate.key()).replaceAll("-----[^-]*-----|\\s", "");
            var key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var chain =
                    new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(file)};
            store.setKeyEntry("server", key, new char[0], chain);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ConsoleClient client(int port) {
        return new ConsoleClient(URI.create("https://127.0.0.1:" + port), "n", null, ca);
    }

    @Test
    void reportsShareAConnection() throws IOException {
        var one = certificate("one");
        trusts(one);
        var client = client(serve(one, 0));

        for (int i = 0; i < 5; i++) {
            assertThat(client.put(new byte[100]).status()).isEqualTo(204);
        }

        assertThat(connections).hasSize(1);
    }

    @Test
    void anAuthorityThatIsReplacedCountsAtOnce() throws IOException {
        var one = certificate("one");
        var other = certificate("other");
        trusts(one);
        int port = serve(one, 0);
        var client = client(port);
        assertThat(client.put(new byte[100]).status()).isEqualTo(204);
        serve(other, port);
        assertThatThrownBy(() -> client.put(new byte[100]))
                .as("the connection that was")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.put(new byte[100])).isInstanceOf(SSLException.class);

        trusts(other);

        assertThat(client.put(new byte[100]).status()).isEqualTo(204);
    }

    @Test
    void aFileWithoutAnAuthorityIsNamed() throws IOException {
        Files.writeString(ca, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> client(1).put(new byte[100]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(ca.toString());
    }
}
