package dev.underpass.console.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.Impersonated;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.console.edit.KubernetesObjects.Mode;
import dev.underpass.console.edit.KubernetesObjects.Reply;
import dev.underpass.console.edit.ObjectRef;
import dev.underpass.kubeapi.KubeApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// What an API server, be it the fake or a real one, makes of edits on somebody's behalf.
@Tag("kube-api")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ImpersonationContract {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KubeApi api;

    ImpersonationContract(KubeApi api) {
        this.api = api;
    }

    @AfterAll
    void close() {
        api.close();
    }

    private Reply create(String person, String pool) {
        api.start();
        var objects = new ApiObjects(new ApiClients(api.kubeconfig().toString(), ""), true);
        var object = JSON.createObjectNode()
                .put("apiVersion", "spiderpool.spidernet.io/v2beta1")
                .put("kind", "SpiderIPPool");
        object.putObject("metadata").put("name", pool);
        object.putObject("spec").put("subnet", "10.6.0.0/16");
        return new Impersonated(person, List.of("netops")).during(() -> {
            try {
                return objects.create(new ObjectRef(EditedKind.IP_POOL, "", pool), object, new Mode(false, false));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void whoMayNotIsRefusedByTheServerAndNothingIsWritten() {
        api.start();
        api.deny("bob", "create", "spiderippools");

        var refused = create("bob", "of-bob");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("message").asString(""))
                .contains("User \"bob\" cannot create resource \"spiderippools\"");
        assertThat(api.find("spiderippools", "of-bob")).isNull();
    }

    /// The console itself may not: it is the person's right that counts.
    @Test
    void whoMayWritesThoughTheConsoleMayNot() {
        api.start();
        api.allow("alice", "create", "spiderippools");
        api.deny("create", "spiderippools");
        try {
            assertThat(create("alice", "of-alice").status()).isEqualTo(201);
            assertThat(api.find("spiderippools", "of-alice")).isNotNull();
        } finally {
            api.allow("create", "spiderippools");
        }
    }

    @Test
    void aConsoleThatMayNotActForOthersIsRefused() {
        api.start();
        api.deny("impersonate", "users");
        try {
            assertThat(create("alice", "of-nobody").status()).isEqualTo(403);
            assertThat(api.find("spiderippools", "of-nobody")).isNull();
        } finally {
            api.allow("impersonate", "users");
        }
    }
}
