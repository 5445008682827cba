package dev.underpass.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Server-side apply, as recorded from an API server.
interface ApplyContract {

    KubeApi api();

    private KubeCalls calls() {
        return api().calls(KubeApi.CONSOLE);
    }

    private KubeCalls.Reply apply(String name, String query, String spec) {
        return calls().patch(Objects.path("spidercoordinators", name) + "?" + query, "apply-patch+yaml", """
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderCoordinator
                metadata: {name: %s}
                spec: %s
                """.formatted(
                        name, spec));
    }

    private void create(String name) {
        api().create("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderCoordinator
                metadata: {name: %s}
                spec: {mode: auto, podCIDRType: auto, hijackCIDR: [169.254.0.0/16]}
                status: {phase: Synced}
                """.formatted(name));
    }

    private static String prefix(KubeCalls.Reply reply) {
        return reply.text("spec", "podMACPrefix");
    }

    @Test
    default void listsWhoOwnsWhat() {
        create("owned");

        var applied = apply(
                "owned", "fieldManager=one&force=true", "{hijackCIDR: [169.254.20.10/32], podMACPrefix: '0a:1b'}");

        assertThat(applied.body().path("metadata").path("managedFields"))
                .extracting(entry -> String.join(
                        " ",
                        Json.text(entry, "manager"),
                        Json.text(entry, "operation"),
                        Json.text(entry, "subresource")))
                // Who applied comes first; updates go by their second, which two of them may share or not.
                .containsExactlyInAnyOrder("one Apply ", "admin Update ", "admin Update status")
                .first()
                .isEqualTo("one Apply ");
        assertThat(applied.body().path("metadata").path("managedFields").path(0).path("fieldsV1"))
                .isEqualTo(Json.parse("{\"f:spec\":{\"f:hijackCIDR\":{},\"f:podMACPrefix\":{}}}"));
        assertThat(applied.text("spec", "mode")).isEqualTo("auto");
    }

    @Test
    default void makesAnObjectThatIsNotThere() {
        var applied = apply("applied", "fieldManager=one", "{podCIDRType: none}");

        assertThat(applied.code()).isEqualTo(201);
        assertThat(applied.text("spec", "mode")).isEqualTo("auto");
    }

    @Test
    default void refusesToTakeAnothersField() {
        create("contested");
        apply("contested", "fieldManager=one", "{podMACPrefix: '0a:1b'}");

        var refused = apply("contested", "fieldManager=two", "{podMACPrefix: '0c:1d'}");

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.text("reason")).isEqualTo("Conflict");
        assertThat(refused.text("message"))
                .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .spec.podMACPrefix");
        assertThat(refused.body().path("details").path("causes")).isEqualTo(Json.tree("""
                [{"reason":"FieldManagerConflict","message":"conflict with \\"one\\"","field":".spec.podMACPrefix"}]
                """));
    }

    @Test
    default void sharesAFieldWithWhoeverWantsTheSame() {
        create("shared");
        apply("shared", "fieldManager=one", "{podMACPrefix: '0a:1b'}");

        assertThat(apply("shared", "fieldManager=two", "{podMACPrefix: '0a:1b'}")
                        .code())
                .isEqualTo(200);
        assertThat(prefix(apply("shared", "fieldManager=one", "{}"))).isEqualTo("0a:1b");
        assertThat(prefix(apply("shared", "fieldManager=two", "{}"))).isEmpty();
    }

    @Test
    default void takesAnothersFieldByForce() {
        create("forced");
        apply("forced", "fieldManager=one", "{podMACPrefix: '0a:1b'}");

        var imagined = apply("forced", "fieldManager=two&force=true&dryRun=All", "{podMACPrefix: '0c:1d'}");
        assertThat(prefix(imagined)).isEqualTo("0c:1d");
        assertThat(prefix(calls().get(Objects.path("spidercoordinators", "forced"))))
                .isEqualTo("0a:1b");

        assertThat(prefix(apply("forced", "fieldManager=two&force=true", "{podMACPrefix: '0c:1d'}")))
                .isEqualTo("0c:1d");
        assertThat(prefix(apply("forced", "fieldManager=one", "{txQueueLen: 0}")))
                .isEqualTo("0c:1d");
    }

    @Test
    default void removesWhatItsOnlyOwnerLeavesOut() {
        create("released");
        apply("released", "fieldManager=one&force=true", "{hijackCIDR: [169.254.20.10/32], podMACPrefix: '0a:1b'}");

        var released = apply("released", "fieldManager=one", "{mode: auto, podCIDRType: auto}");

        assertThat(released.body().path("spec")).isEqualTo(Json.parse("""
                {hostRuleTable: 500, mode: auto, podCIDRType: auto, podRPFilter: 0, tunePodRoutes: true, txQueueLen: 0}
                """));
    }

    @Test
    default void aSecondApplyOfTheSameChangesNothing() {
        create("repeated");
        var first = apply("repeated", "fieldManager=one", "{podMACPrefix: '0a:1b'}");
        var second = apply("repeated", "fieldManager=one", "{podMACPrefix: '0a:1b'}");

        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    default void refusesFieldsThatTheSchemaDoesNotKnow() {
        create("undeclared");

        var refused = apply("undeclared", "fieldManager=one", "{hostRPFilter: 0}");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.text("message")).endsWith(".spec.hostRPFilter: field not declared in schema");
    }
}
