package dev.underpass.oidc;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Keycloak in development mode on loopback, with a realm of its own. Everybody's password is `password`.
public final class Keycloak implements Closeable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    /// Roles come as a list in the claim `roles`; access tokens last 5 seconds, so that each page renews the login.
    private static final String REALM = """
            {"realm": "underpass", "enabled": true, "sslRequired": "none", "accessTokenLifespan": 5,
             "roles": {"realm": [{"name": "viewer"}, {"name": "operator"}, {"name": "admin"}]},
             "users": [
               {"username": "vera", "enabled": true, "firstName": "Vera", "lastName": "V", "email": "vera@test.example",
                "emailVerified": true, "realmRoles": ["viewer"], "credentials": [{"type": "password", "value": "password"}]},
               {"username": "adam", "enabled": true, "firstName": "Adam", "lastName": "A", "email": "adam@test.example",
                "emailVerified": true, "realmRoles": ["admin"], "credentials": [{"type": "password", "value": "password"}]},
               {"username": "service-account-robot", "enabled": true, "serviceAccountClientId": "robot", "realmRoles": ["viewer"]},
               {"username": "service-account-stray", "enabled": true, "serviceAccountClientId": "stray", "realmRoles": ["admin"]}],
             "clients": [
               {"clientId": "console", "secret": "secret", "standardFlowEnabled": true, "redirectUris": ["CONSOLE/login/oauth2/code/underpass"],
                "attributes": {"post.logout.redirect.uris": "CONSOLE/signed-out", "pkce.code.challenge.method": "S256"},
                "protocolMappers": [ROLES]},
               {"clientId": "robot", "secret": "secret", "serviceAccountsEnabled": true, "standardFlowEnabled": false,
                "attributes": {"access.token.lifespan": "300"},
                "protocolMappers": [ROLES, {"name": "audience", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                  "config": {"included.custom.audience": "underpass-api", "access.token.claim": "true"}}]},
               {"clientId": "stray", "secret": "secret", "serviceAccountsEnabled": true, "standardFlowEnabled": false,
                "attributes": {"access.token.lifespan": "300"}, "protocolMappers": [ROLES]}]}
            """;

    private static final String ROLES = """
            {"name": "roles", "protocol": "openid-connect", "protocolMapper": "oidc-usermodel-realm-role-mapper",
             "config": {"claim.name": "roles", "multivalued": "true", "jsonType.label": "String",
               "id.token.claim": "true", "access.token.claim": "true", "userinfo.token.claim": "true"}}""";

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private Keycloak(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts it, and waits until it answers.
    ///
    /// @param home where it is unpacked
    /// @param console where its people come back to, without a slash at its end
    public static Keycloak started(Path home, String console) throws IOException, InterruptedException {
        var realms = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(
                realms.resolve("underpass-realm.json"),
                REALM.replace("ROLES", ROLES).replace("CONSOLE", console));
        int port = freePort();
        var command = new ProcessBuilder(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--import-realm");
        command.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "JAVA_OPTS_KC_HEAP", "-Xmx512m",
                        "KC_BOOTSTRAP_ADMIN_USERNAME", "root",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", "password"));
        var process = command.redirectErrorStream(true)
                .redirectOutput(home.resolve("keycloak.log").toFile())
                .start();
        var keycloak = new Keycloak(process, port);
        keycloak.await();
        return keycloak;
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (send(HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                                        .build())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException _) {
                // Not yet.
            }
            Thread.sleep(500);
        }
        close();
        throw new IllegalStateException("Keycloak does not start: see keycloak.log beside its bin");
    }

    public String issuer() {
        return base() + "/realms/underpass";
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// A token for a program.
    public String token(String client) throws IOException, InterruptedException {
        return token(
                issuer(), Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", "secret"));
    }

    private String token(String realm, Map<String, String> form) throws IOException, InterruptedException {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = send(HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        return JSON.readTree(answer.body()).path("access_token").asString(answer.body());
    }

    /// Gives somebody a role, or takes it from them.
    public void role(String user, String role, boolean given) throws IOException, InterruptedException {
        var found = ask("GET", "/users?exact=true&username=" + user, "");
        var mappings = "/users/" + found.path(0).path("id").asString("") + "/role-mappings/realm";
        var roles = JSON.createArrayNode().add(ask("GET", "/roles/" + role, ""));
        ask(given ? "POST" : "DELETE", mappings, roles.toString());
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        var token = token(
                base() + "/realms/master",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", "root", "password", "password"));
        var answer = send(HttpRequest.newBuilder(URI.create(base() + "/admin/realms/underpass" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() >= 300) {
            throw new IOException("%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
        }
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
