package dev.underpass.console.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.underpass.console.objects.Kinds;
import dev.underpass.console.watch.ResourceApi.RefusedException;
import dev.underpass.kubeapi.FakeKubeApi;
import dev.underpass.kubeapi.KubeApi;
import dev.underpass.kubeapi.LoopbackCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The ways in which a kubeconfig says who one is.
@Tag("kube-api")
class ApiClientsTest {

    private static final String CAROL = "system:serviceaccount:default:carol";
    private static final String TOKEN = "carols-token";
    private static final String SERVER = "server: 'http://127.0.0.1:%d'";

    private final FakeKubeApi api = new FakeKubeApi();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        api.close();
    }

    private ApiClients clients(String cluster, String user) throws IOException {
        api.start();
        api.token(TOKEN, CAROL, List.of(KubeApi.AUDIENCE), Map.of());
        var file = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {%s}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: here, context: {cluster: c, user: u}}]
                current-context: here
                """.formatted(cluster.formatted(api.port()), user));
        return new ApiClients(file.toString(), "");
    }

    /// Who the API takes the client's user for.
    private @Nullable String who(ApiClients clients) throws IOException {
        api.deny(CAROL, "list", "nodes");
        api.deny("dora", "list", "nodes");
        try {
            new ResourceApi(clients.client().orElseThrow()).list(Kinds.NODE);
            return "somebody else";
        } catch (RefusedException e) {
            return e.getMessage();
        }
    }

    private void plugin(String answer) throws IOException {
        var script = Files.writeString(folder.resolve("plugin"), "#!/bin/sh\n" + answer + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private static String credential(String status) {
        return "echo '{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1\", \"status\": %s}'"
                .formatted(status);
    }

    private static String exec(String version) {
        return "exec: {apiVersion: client.authentication.k8s.io/%s, command: ./plugin, interactiveMode: Never}"
                .formatted(version);
    }

    @Test
    void aTokenInTheFile() throws IOException {
        assertThat(who(clients(SERVER, "token: " + TOKEN))).contains("User \"" + CAROL + "\" cannot list");
    }

    @Test
    void aTokenInAFileBesideIt() throws IOException {
        Files.writeString(folder.resolve("token"), TOKEN + "\n");

        assertThat(who(clients(SERVER, "tokenFile: token"))).contains("User \"" + CAROL + "\" cannot list");
    }

    @Test
    void aPluginThatGivesAToken() throws IOException {
        plugin(credential("{\"token\": \"%s\"}".formatted(TOKEN)));

        assertThat(who(clients(SERVER, exec("v1")))).contains("User \"" + CAROL + "\" cannot list");
    }

    @Test
    void aCertificateInFilesBesideIt() throws IOException {
        var client = LoopbackCertificate.of("dora", folder);
        api.secure(LoopbackCertificate.of("serving", folder), client);

        var clients = clients(
                "server: 'https://127.0.0.1:%d', certificate-authority: serving.crt",
                "client-certificate: dora.crt, client-key: dora.key");

        assertThat(who(clients)).contains("User \"dora\" cannot list");
    }

    @Test
    void aServerThatIsAnotherIsNotTrusted() throws IOException {
        api.secure(LoopbackCertificate.of("serving", folder), null);
        LoopbackCertificate.of("other", folder);

        var clients = clients("server: 'https://127.0.0.1:%d', certificate-authority: other.crt", "token: " + TOKEN);

        assertThatIOException().isThrownBy(() -> who(clients)).withMessageContaining("certification path");
    }

    /// Instead of asking as nobody, which the API answers with what would mislead.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v1 | echo 'log in first' >&2; exit 1 | the exec of context 'here' gave no credentials
            v1 | echo nonsense                   | Not a JSON Object: "nonsense"
            v1 | echo '{"kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1", "status": {}}' | the exec of context 'here' gave no credentials
            v9 | echo '{}'                       | the exec of context 'here' gave no credentials
            """, quoteCharacter = '`')
    void aPluginThatGivesNothingIsNamed(String version, String script, String said) throws IOException {
        plugin(script);
        var clients = clients(SERVER, exec(version));

        assertThatIOException().isThrownBy(clients::client).withMessageContaining(said);
    }

    @Test
    void aTokenFileThatIsMissingIsNamed() throws IOException {
        var clients = clients(SERVER, "tokenFile: none");

        assertThatIOException()
                .isThrownBy(clients::client)
                .withMessageContaining(folder.resolve("none").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "clusters: {}",
                "current-context: here",
                "{current-context: here, contexts: [{name: here, context: {cluster: c}}]}",
                "{a: b",
                "{clusters: [{name: c, cluster: {server: 7}}], contexts: [{name: x, context: {cluster: c}}], current-context: x}",
            })
    void whatIsNoKubeconfigIsRefused(String text) throws IOException {
        var file = Files.writeString(folder.resolve("kubeconfig"), text);

        assertThatIOException()
                .isThrownBy(new ApiClients(file.toString(), "")::client)
                .withMessageContaining(file.toString());
    }

    @Test
    void aContextThatIsNotThereIsRefused() throws IOException {
        clients(SERVER, "token: " + TOKEN);

        assertThatIOException()
                .isThrownBy(new ApiClients(folder.resolve("kubeconfig").toString(), "there")::client)
                .withMessageContaining("no context 'there'");
    }
}
