package dev.underpass.kubeapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A real API server, from the folder that `KUBEBUILDER_ASSETS` names; it holds `kube-apiserver` and `etcd`.
///
/// Only the users of a fixed list have a token; others can be impersonated.
public final class RealKubeApi implements KubeApi {

    /// The environment variable that names the folder.
    public static final String ASSETS = "KUBEBUILDER_ASSETS";

    private static final List<String> USERS = List.of(ADMIN, CONSOLE, "alice", "bob");
    private static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", "kube-system");
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private final ControlPlane plane;
    private final Grants grants;
    private final Set<String> established = new HashSet<>();
    private boolean running;

    /// One that is not started yet.
    public RealKubeApi() {
        try {
            plane = new ControlPlane(Path.of(System.getenv(ASSETS)), USERS);
            grants = new Grants(calls(ADMIN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        if (running) {
            return;
        }
        try {
            plane.start();
            running = true;
            if (established.isEmpty()) {
                prepare();
            }
            awaitServed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare() {
        for (var definition : ResourceTypes.DEFINITIONS) {
            define(definition);
        }
        USERS.stream().filter(user -> !user.equals(ADMIN)).forEach(grants::admit);
    }

    private void define(ObjectNode definition) {
        var reply = calls(ADMIN).post(DEFINITIONS, definition);
        if (reply.code() != 201) {
            throw new IllegalStateException("the API server answered " + reply.body());
        }
        established.add(Json.text(definition, "metadata", "name"));
    }

    /// Waits until every established resource can be watched, which includes that its cache is filled.
    private void awaitServed() throws IOException {
        for (var resource : established) {
            awaitCode(ResourceTypes.named(resource).path(), 200);
        }
        for (var type : ResourceTypes.BUILT_IN) {
            awaitCode(type.path(), 200);
        }
        awaitNamespaces();
    }

    /// A controller of the API server makes them soon after it is ready.
    private void awaitNamespaces() throws IOException {
        for (int i = 0; i < 200; i++) {
            if (NAMESPACES.stream()
                    .allMatch(name ->
                            calls(ADMIN).get("/api/v1/namespaces/" + name).code() == 200)) {
                return;
            }
            ServerProcess.pause();
        }
        throw new IOException("there are not all of the namespaces " + NAMESPACES);
    }

    private void awaitCode(String path, int code) throws IOException {
        int seen = 0;
        for (int i = 0; i < 200; i++) {
            seen = calls(ADMIN).code(path + "?watch=1&resourceVersion=0&timeoutSeconds=5");
            if (seen == code) {
                return;
            }
            ServerProcess.pause();
        }
        throw new IOException("%s is answered with %d instead of %d".formatted(path, seen, code));
    }

    @Override
    public void stop() {
        plane.stop();
        running = false;
    }

    @Override
    public void close() {
        try {
            running = false;
            plane.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public KubeCalls calls(String user) {
        if (!USERS.contains(user)) {
            throw new IllegalArgumentException("has no token: " + user);
        }
        return new KubeCalls(plane.server(), user, Access.token(user));
    }

    @Override
    public void deny(String user, String verb, String resource) {
        grants.deny(user, verb, resource);
    }

    @Override
    public void allow(String user, String verb, String resource) {
        grants.allow(user, verb, resource);
    }

    @Override
    public String token(String account, String audience) {
        var parts = account.split(":", -1);
        var accounts = "/api/v1/namespaces/" + parts[2] + "/serviceaccounts";
        var object = Json.parse("{apiVersion: v1, kind: ServiceAccount, metadata: {name: %s}}".formatted(parts[3]));
        calls(ADMIN).post(accounts, object);
        var request = Json.parse("{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {audiences: ['%s']}}"
                .formatted(audience));
        return calls(ADMIN).post(accounts + "/" + parts[3] + "/token", request).text("status", "token");
    }

    @Override
    public void establish(String resource) {
        if (established.contains(resource)) {
            return;
        }
        ResourceTypes.DEFINITIONS.stream()
                .filter(definition -> Json.text(definition, "metadata", "name").equals(resource))
                .forEach(this::define);
        awaitQuietly(resource, 200);
    }

    @Override
    public void withdraw(String resource) {
        calls(ADMIN).delete(DEFINITIONS + "/" + resource, Json.object());
        established.remove(resource);
        awaitQuietly(resource, 404);
    }

    private void awaitQuietly(String resource, int code) {
        try {
            awaitCode(ResourceTypes.named(resource).path(), code);
            if (code == 404) {
                // The definition is gone a little after its path.
                awaitCode(DEFINITIONS + "/" + resource, 404);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void expire() {
        try {
            plane.expire();
            awaitServed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
