package dev.underpass.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What an API server makes of writes, as recorded from one.
interface WritingContract {

    String COORDINATORS = "/apis/spiderpool.spidernet.io/v2beta1/spidercoordinators";

    KubeApi api();

    private KubeCalls calls() {
        return api().calls(KubeApi.CONSOLE);
    }

    private ObjectNode coordinator(String name) {
        return Json.parse("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderCoordinator
                metadata: {name: %s}
                spec: {mode: auto, podCIDRType: auto}
                """.formatted(name));
    }

    private KubeCalls.Reply merge(String path, String patch) {
        return calls().patch(COORDINATORS + "/" + path, "merge-patch+json", patch);
    }

    private static String version(KubeCalls.Reply reply) {
        return reply.text("metadata", "resourceVersion");
    }

    private static int generation(KubeCalls.Reply reply) {
        return reply.body().path("metadata").path("generation").asInt();
    }

    @Test
    default void fillsInWhatANewObjectLacks() {
        var created = calls().post(COORDINATORS, coordinator("fresh"));

        assertThat(created.code()).isEqualTo(201);
        assertThat(created.body().path("spec")).isEqualTo(Json.parse("""
                {hostRuleTable: 500, mode: auto, podCIDRType: auto, podRPFilter: 0, tunePodRoutes: true, txQueueLen: 0}
                """));
        assertThat(generation(created)).isEqualTo(1);
        assertThat(created.text("metadata", "uid")).hasSize(36);
        assertThat(created.text("metadata", "creationTimestamp")).endsWith("Z");
        assertThat(created.body().has("status")).isFalse();
    }

    @Test
    default void fillsInBelowWhatAPatchAdds() {
        api().create("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderMultusConfig
                metadata: {name: macvlan-conf, namespace: kube-system}
                spec: {cniType: macvlan, macvlan: {master: [eth0], ippools: {ipv4: [v4-pool]}}}
                """);

        var patched = calls().patch(
                        Objects.path("spidermultusconfigs", "kube-system/macvlan-conf"),
                        "merge-patch+json",
                        "{\"spec\":{\"coordinator\":{\"podCIDRType\":\"none\"}}}");

        assertThat(patched.body().path("spec")).isEqualTo(Json.parse("""
                {"cniType":"macvlan","coordinator":{"hostRuleTable":500,"mode":"auto","podCIDRType":"none","podRPFilter":0,
                "tunePodRoutes":true,"txQueueLen":0},"disableIPAM":false,"enableCoordinator":true,"macvlan":{"ippools":
                {"ipv4":["v4-pool"],"matchMasterSubnet":false},"master":["eth0"],"mtu":0}}
                """));
    }

    @Test
    default void countsChangesOfTheSpecButNotOfTheStatus() {
        calls().post(COORDINATORS, coordinator("counted"));

        var spec = merge("counted", "{\"spec\":{\"hijackCIDR\":[\"169.254.0.0/16\"]}}");
        var status = merge("counted/status", "{\"status\":{\"phase\":\"Synced\"}}");
        var ignored = merge("counted", "{\"status\":{\"phase\":\"NotReady\"}}");

        assertThat(generation(spec)).isEqualTo(2);
        assertThat(generation(status)).isEqualTo(2);
        assertThat(version(ignored)).isEqualTo(version(status));
        assertThat(ignored.text("status", "phase")).isEqualTo("Synced");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"spec":{"mode":"disable"}}      | spec.mode | FieldValueNotSupported | Unsupported value: "disable": supported values: "auto", "underlay", "overlay", "disabled"
            {"spec":{"vethMTU":0}}           | spec.vethMTU | FieldValueInvalid | Invalid value: 0: spec.vethMTU in body should be greater than or equal to 1
            {"spec":{"txQueueLen":"many"}}   | spec.txQueueLen | FieldValueTypeInvalid | Invalid value: "string": spec.txQueueLen in body must be of type integer: "string"
            {"spec":{"hijackCIDR":[7]}}      | spec.hijackCIDR[0] | FieldValueTypeInvalid | Invalid value: "integer": spec.hijackCIDR[0] in body must be of type string: "integer"
            {"spec":{"policyRoutes":[{"dst":"10.0.0.0/8"}]}} | spec.policyRoutes[0].gw | FieldValueRequired | Required value
            """)
    default void refusesWhatTheSchemaForbids(String patch, String field, String reason, String message) {
        calls().post(COORDINATORS, coordinator("schema"));

        var reply = merge("schema", patch);

        assertThat(reply.code()).isEqualTo(422);
        assertThat(reply.text("reason")).isEqualTo("Invalid");
        assertThat(reply.text("message"))
                .isEqualTo(
                        "SpiderCoordinator.spiderpool.spidernet.io \"schema\" is invalid: " + field + ": " + message);
        assertThat(reply.body().path("details").path("causes").path(0))
                .isEqualTo(Json.object()
                        .put("reason", reason)
                        .put("message", message)
                        .put("field", field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"spec":{"mode":"disabled"}}
            {"spec":{"hijackCIDR":["not-a-cidr"]}}
            {"spec":{"podRPFilter":77,"hostRuleTable":-5}}
            """)
    default void checksNoMoreThanTheSchemaAndStoresNothingInADryRun(String patch) {
        calls().post(COORDINATORS, coordinator("dry"));
        var before = calls().get(COORDINATORS + "/dry");

        var reply = merge("dry?dryRun=All", patch);

        assertThat(reply.code()).isEqualTo(200);
        var wanted = Json.asObject(Json.parse(patch).path("spec"));
        wanted.properties()
                .forEach(field -> assertThat(reply.body().path("spec").get(field.getKey()))
                        .isEqualTo(field.getValue()));
        assertThat(version(reply)).isEqualTo(version(before));
        assertThat(calls().get(COORDINATORS + "/dry").body()).isEqualTo(before.body());
    }

    @Test
    default void aDryRunCreatesNothing() {
        var reply = calls().post(COORDINATORS + "?dryRun=All", coordinator("imagined"));

        assertThat(reply.code()).isEqualTo(201);
        assertThat(version(reply)).isEmpty();
        assertThat(api().find("spidercoordinators", "imagined")).isNull();
    }

    @Test
    default void dropsUnknownFieldsWithAWarning() {
        calls().post(COORDINATORS, coordinator("unknown"));

        var reply = merge("unknown", "{\"spec\":{\"hostRPFilter\":0}}");

        assertThat(reply.body().path("spec").has("hostRPFilter")).isFalse();
        assertThat(reply.headers().allValues("Warning"))
                .singleElement()
                .isEqualTo("299 - \"unknown field \\\"spec.hostRPFilter\\\"\"");
    }

    @Test
    default void refusesUnknownFieldsWhereAskedTo() {
        var object = coordinator("strict");
        Json.child(object, "spec").put("hostRPFilter", 0);

        var reply = calls().post(COORDINATORS + "?fieldValidation=Strict", object);

        assertThat(reply.code()).isEqualTo(400);
        assertThat(reply.text("message")).contains("strict decoding error: unknown field \"spec.hostRPFilter\"");
    }

    @Test
    default void refusesASecondOfTheSameName() {
        calls().post(COORDINATORS, coordinator("twice"));

        var reply = calls().post(COORDINATORS, coordinator("twice"));

        assertThat(reply.code()).isEqualTo(409);
        assertThat(reply.text("reason")).isEqualTo("AlreadyExists");
        assertThat(reply.text("message"))
                .isEqualTo("spidercoordinators.spiderpool.spidernet.io \"twice\" already exists");
    }

    @Test
    default void refusesAnUpdateOfAnOldState() {
        var old = calls().post(COORDINATORS, coordinator("stale")).body();
        merge("stale", "{\"spec\":{\"txQueueLen\":5}}");

        var reply = calls().put(COORDINATORS + "/stale", old);

        assertThat(reply.code()).isEqualTo(409);
        assertThat(reply.text("reason")).isEqualTo("Conflict");
        assertThat(reply.text("message"))
                .isEqualTo("Operation cannot be fulfilled on spidercoordinators.spiderpool.spidernet.io \"stale\": the "
                        + "object has been modified; please apply your changes to the latest version and try again");
    }

    @Test
    default void refusesAnUpdateOfNoState() {
        calls().post(COORDINATORS, coordinator("blind"));

        var reply = calls().put(COORDINATORS + "/blind", coordinator("blind"));

        assertThat(reply.code()).isEqualTo(422);
        assertThat(reply.text("message")).contains("metadata.resourceVersion", "must be specified for an update");
    }

    @Test
    default void anUpdateThatChangesNothingIsNone() {
        var stored = calls().post(COORDINATORS, coordinator("same"));

        assertThat(version(calls().put(COORDINATORS + "/same", stored.body()))).isEqualTo(version(stored));
    }

    @Test
    default void takesJsonPatches() {
        calls().post(COORDINATORS, coordinator("edited"));

        var edited = calls().patch(COORDINATORS + "/edited", "json-patch+json", """
                [{"op":"test","path":"/spec/mode","value":"auto"},{"op":"add","path":"/spec/hijackCIDR","value":["10.0.0.0/8"]},
                 {"op":"add","path":"/spec/hijackCIDR/-","value":"10.1.0.0/16"},{"op":"remove","path":"/spec/hijackCIDR/0"}]
                """);
        var refused = calls().patch(
                        COORDINATORS + "/edited",
                        "json-patch+json",
                        "[{\"op\":\"test\",\"path\":\"/spec/mode\",\"value\":\"underlay\"}]");

        assertThat(Json.texts(edited.body().path("spec").path("hijackCIDR"))).containsExactly("10.1.0.0/16");
        assertThat(refused.code()).isEqualTo(422);
    }

    @Test
    default void keepsADeletedObjectUntilItsFinalizersAreDone() {
        var object = coordinator("finalized");
        Json.child(object, "metadata").putArray("finalizers").add("spiderpool.spidernet.io");
        calls().post(COORDINATORS, object);

        var deleted = calls().delete(COORDINATORS + "/finalized", Json.object());
        var kept = calls().get(COORDINATORS + "/finalized");
        merge("finalized", "{\"metadata\":{\"finalizers\":null}}");

        assertThat(deleted.code()).isEqualTo(200);
        assertThat(kept.text("metadata", "deletionTimestamp")).isNotEmpty();
        assertThat(calls().get(COORDINATORS + "/finalized").code()).isEqualTo(404);
    }

    @Test
    default void keepsADeletedPodUntilItsNodeHasStoppedIt() {
        api().create("""
                {apiVersion: v1, kind: Pod, metadata: {name: graceful, namespace: writing},
                 spec: {nodeName: writing-1, containers: [{name: c, image: i}]}}
                """);
        var path = Objects.path("pods", "writing/graceful");

        calls().delete(path, Json.object());
        var kept = calls().get(path);
        calls().delete(path, Json.object().put("gracePeriodSeconds", 0));

        assertThat(kept.body()
                        .path("metadata")
                        .path("deletionGracePeriodSeconds")
                        .asInt())
                .isEqualTo(30);
        assertThat(calls().get(path).code()).isEqualTo(404);
    }

    @Test
    default void deletesOnlyTheObjectThatWasMeant() {
        var stored = calls().post(COORDINATORS, coordinator("meant"));
        var other = Json.parse("{preconditions: {uid: 11111111-1111-1111-1111-111111111111}}");
        var meant = Json.object();
        meant.putObject("preconditions").put("uid", stored.text("metadata", "uid"));

        var refused = calls().delete(COORDINATORS + "/meant", other);
        var deleted = calls().delete(COORDINATORS + "/meant", meant);
        var again = calls().delete(COORDINATORS + "/meant", meant);

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.text("message")).contains("the UID in the precondition");
        assertThat(deleted.text("status")).isEqualTo("Success");
        assertThat(again.code()).isEqualTo(404);
    }
}
