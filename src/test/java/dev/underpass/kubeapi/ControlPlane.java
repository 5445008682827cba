package dev.underpass.kubeapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A real `etcd` and `kube-apiserver` on loopback ports, which keep their ports and their data.
final class ControlPlane {

    private final Path folder;
    private final KubeCalls.Server server;
    private final Etcd etcd;
    private final ServerProcess apiserver;

    /// @param assets the folder that holds the two programs
    /// @param users those who have a token
    ControlPlane(Path assets, List<String> users) throws IOException {
        folder = Files.createTempDirectory("kube-api");
        var certificate = LoopbackCertificate.of("serving", folder);
        int port = ServerProcess.freePort();
        server = new KubeCalls.Server(URI.create("https://127.0.0.1:" + port), certificate.pem(), certificate.trust());
        etcd = new Etcd(assets.resolve("etcd"), folder);
        Files.write(tokens(), users.stream().map(ControlPlane::tokenLine).toList());
        apiserver = new ServerProcess(
                apiserver(assets, certificate, port), folder.resolve("kube-apiserver.log"), this::isReady);
    }

    private Path tokens() {
        return folder.resolve("tokens.csv");
    }

    private static String tokenLine(String user) {
        var groups = user.equals(KubeApi.ADMIN) ? "system:masters" : "testers";
        return "%s,%s,%s,\"%s\"".formatted(Access.token(user), user, user, groups);
    }

    /// Its own compaction is off, so that history is forgotten only when a test says so.
    private List<String> apiserver(Path assets, LoopbackCertificate certificate, int port) {
        var keys = certificate.key();
        return List.of(
                assets.resolve("kube-apiserver").toString(),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + folder,
                "--tls-cert-file=" + certificate.certificate(),
                "--tls-private-key-file=" + keys,
                "--etcd-servers=" + etcd.address(),
                "--etcd-compaction-interval=0",
                "--anonymous-auth=false",
                "--token-auth-file=" + tokens(),
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--service-account-issuer=" + KubeApi.AUDIENCE,
                "--service-account-key-file=" + keys,
                "--service-account-signing-key-file=" + keys,
                "--service-cluster-ip-range=10.233.0.0/18");
    }

    KubeCalls.Server server() {
        return server;
    }

    void start() throws IOException {
        etcd.start();
        apiserver.start();
    }

    void stop() {
        apiserver.kill();
        etcd.kill();
    }

    /// Forgets the history of all objects. The API server is started again, since it remembers the newest itself.
    void expire() throws IOException {
        apiserver.kill();
        etcd.compact(etcd.put("/test/expired", ""));
        apiserver.start();
    }

    private boolean isReady() {
        try {
            return new KubeCalls(server, KubeApi.ADMIN, Access.token(KubeApi.ADMIN))
                            .get("/readyz")
                            .code()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /// Stops it for good, and removes what it wrote.
    void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
