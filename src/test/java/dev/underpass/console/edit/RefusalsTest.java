package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.underpass.kubeapi.Webhook;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What the API server and its webhooks refuse, told field by field.
class RefusalsTest extends EditingConsole {

    @AfterEach
    void allow() {
        for (var verb : new String[] {"create", "patch", "delete", "get", "list"}) {
            for (var kind : EditedKind.values()) {
                API.allow(verb, kind.kind().plural());
            }
        }
    }

    private static KubernetesObjects.Reply refusal(int status, String message, String cause) {
        var body = JSON.createObjectNode().put("message", message);
        if (!cause.isEmpty()) {
            var parts = cause.split("=", 2);
            body.putObject("details")
                    .putArray("causes")
                    .addObject()
                    .put("field", parts[0])
                    .put("message", parts[1]);
        }
        return new KubernetesObjects.Reply(status, body, List.of());
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            COORDINATOR   | 422 | is invalid                                                                   | spec.mode=Unsupported value          | spec.mode                   | Unsupported value
            COORDINATOR   | 422 | admission webhook "c" denied the request: is invalid                         | spec.extraCIDR[0]=invalid CIDR       | spec.hijackCIDR[0]          | invalid CIDR
            MULTUS_CONFIG | 422 | admission webhook "m" denied the request: is invalid                         | spec.extraCIDR[0]=invalid CIDR       | spec.coordinator.hijackCIDR[0] | invalid CIDR
            MULTUS_CONFIG | 422 | admission webhook "m" denied the request: is invalid                         | spec.macvlanConfig=master is empty   | spec.macvlan                | master is empty
            MULTUS_CONFIG | 422 | admission webhook "m" denied the request: is invalid                         | spec.customCniTypeConfig=no JSON     | spec.customCNI              | no JSON
            IP_POOL       | 403 | admission webhook "p" denied the request: not on a Friday                    | ``                                   | ``                          | admission webhook "p" denied the request: not on a Friday
            IP_POOL       | 403 | admission webhook "p" denied the request: spec.ips[0]: too many              | ``                                   | spec.ips[0]                 | too many
            IP_POOL       | 400 | strict decoding error: unknown field "spec.gatway"                           | ``                                   | spec.gatway                 | there is no such field
            IP_POOL       | 500 | failed to create typed patch object (/v4; v2beta1): .spec.gatway: field not declared in schema | `` | spec.gatway               | field not declared in schema
            """)
    void namesTheFieldAsItIsWritten(
            EditedKind kind, int status, String message, String cause, String field, String reason) {
        var object = new ObjectRef(kind, "shop", "x");

        var errors = Refusals.errors(refusal(status, message, cause), object);

        assertThat(errors)
                .extracting(Refusals.FieldError::field, Refusals.FieldError::message)
                .containsExactly(tuple(field, reason));
        assertThat(Refusals.of(refusal(status, message, cause), object, "patch"))
                .hasFieldOrPropertyWithValue("type", "invalid-object");
    }

    @Test
    void namesAFieldThatDoesNotExist() {
        var before = pool("v4");

        var changed = edit("ippools/v4", "", spec -> spec.put("gatway", "10.6.0.2"));
        var created = post("reservedips/kept", json("{\"spec\": {\"ips\": [\"10.6.0.2\"], \"ipz\": []}}"));

        assertThat(changed.status()).isEqualTo(422);
        assertThat(changed.type()).isEqualTo("invalid-object");
        assertThat(changed.error(0).path("field").asString("")).isEqualTo("spec.gatway");
        assertThat(stored("spiderippools", "v4")).isEqualTo(before);
        assertThat(created.status()).isEqualTo(422);
        assertThat(created.error(0).path("field").asString("")).isEqualTo("spec.ipz");
        assertThat(API.find("spiderreservedips", "kept")).isNull();
    }

    @Test
    void passesAWebhooksRefusalOnToItsField() {
        pool("v4");
        refuse((object, _) -> Optional.of(Webhook.Refusal.of("names.example.org", "spec.ips[0]: is the printers'")));

        var refused =
                edit("ippools/v4", "?force=true", spec -> spec.putArray("ips").add("10.6.1.77"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.error(0).path("field").asString("")).isEqualTo("spec.ips[0]");
        assertThat(refused.error(0).path("message").asString("")).isEqualTo("is the printers'");
        assertThat(stored("spiderippools", "v4").path("spec").path("ips").toString())
                .isEqualTo("[\"10.6.1.1-10.6.1.9\"]");
    }

    @Test
    void namesTheFieldOfAValueThatTheSchemaDoesNotKnow() {
        API.create("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderCoordinator, metadata: {name: default},
                 spec: {podCIDRType: auto}}
                """);

        var refused = edit("coordinators/default", "?force=true", spec -> spec.put("mode", "sideways"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.error(0).path("field").asString("")).isEqualTo("spec.mode");
    }

    @Test
    void saysWhichRoleIsMissing() {
        pool("v4");
        var read = get("ippools/v4");
        API.deny("create", "spiderippools");
        API.deny("patch", "spiderippools");
        API.deny("delete", "spiderippools");

        var created = post("ippools/v6", json("{\"spec\": {\"subnet\": \"fd00::/64\"}}"));
        var changed = edit("ippools/v4", "", spec -> spec.put("disable", true));
        var deleted = delete("ippools/v4", read.etag());

        for (var reply : List.of(created, changed, deleted)) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.type()).isEqualTo("forbidden");
            assertThat(reply.text("role")).isEqualTo("underpass-edit");
            assertThat(reply.text("resource")).isEqualTo("spiderippools.spiderpool.spidernet.io");
            assertThat(reply.text("detail")).contains("k8s/components/edit", reply.text("verb"));
        }
        assertThat(created.text("verb")).isEqualTo("create");
        assertThat(changed.text("verb")).isEqualTo("patch");
        assertThat(deleted.text("verb")).isEqualTo("delete");
    }

    @ParameterizedTest
    @CsvSource({
        "coordinators, default, spidercoordinators",
        "ippools, v4, spiderippools",
        "subnets, v4, spidersubnets",
        "reservedips, v4, spiderreservedips",
        "multusconfigs, shop/v4, spidermultusconfigs",
    })
    void saysWhichRightIsMissingToReadOneOrAll(String path, String name, String resource) {
        API.deny("get", resource);
        var one = get(path + "/" + name);
        var others = get(path);
        API.allow("get", resource);
        API.deny("list", resource);
        var all = get(path);

        assertThat(one.status()).isEqualTo(403);
        assertThat(one.text("verb")).isEqualTo("get");
        assertThat(others.status()).isEqualTo(200);
        assertThat(all.status()).isEqualTo(403);
        assertThat(all.text("verb")).isEqualTo("list");
        for (var reply : List.of(one, all)) {
            assertThat(reply.text("resource")).startsWith(resource + ".");
            assertThat(reply.text("role")).isEqualTo("underpass-view");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            coordinators/default  | spidercoordinators  | {"podCIDRType": "auto"}             | {"podCIDRType": "auto", "mode": "overlay"}
            ippools/v4            | spiderippools       | {"subnet": "10.9.0.0/16"}           | {"subnet": "10.9.0.0/16", "disable": true}
            subnets/v4            | spidersubnets       | {"subnet": "10.9.0.0/16"}           | {"subnet": "10.9.0.0/16", "gateway": "10.9.0.1"}
            reservedips/v4        | spiderreservedips   | {"ips": ["10.9.0.9"]}               | {"ips": ["10.9.0.8"]}
            multusconfigs/shop/v4 | spidermultusconfigs | {"cniType": "macvlan", "macvlan": {"master": ["eth0"]}} | {"cniType": "macvlan", "macvlan": {"master": ["eth1"]}}
            """)
    void eachRightToWriteIsMissedByItselfOnly(String path, String resource, String spec, String other) {
        API.deny("create", resource);
        var notCreated = post(path, json("{\"spec\": %s}".formatted(spec)));
        API.allow("create", resource);
        var created = post(path, json("{\"spec\": %s}".formatted(spec)));
        API.deny("patch", resource);
        var notChanged = edit(path, "", object -> object.setAll(json(other)));
        API.allow("patch", resource);
        var changed = edit(path, "", object -> object.setAll(json(other)));
        // The last coordinator is kept, whoever may delete it.
        API.load("{apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderCoordinator, metadata: {name: other}}");
        API.deny("delete", resource);
        var notDeleted = delete(path, get(path).etag());
        API.allow("delete", resource);

        assertThat(List.of(notCreated.status(), notChanged.status(), notDeleted.status()))
                .containsOnly(403);
        assertThat(List.of(notCreated.text("verb"), notChanged.text("verb"), notDeleted.text("verb")))
                .containsExactly("create", "patch", "delete");
        assertThat(notDeleted.text("resource")).startsWith(resource + ".");
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
    }

    @Test
    void saysThatAKindIsNotInstalled() {
        API.withdraw("spidersubnets.spiderpool.spidernet.io");
        try {
            var absent = get("subnets/v4");

            assertThat(absent.status()).isEqualTo(404);
            assertThat(absent.type()).isEqualTo("not-installed");
            assertThat(get("subnets").type()).isEqualTo("not-installed");
        } finally {
            API.establish("spidersubnets.spiderpool.spidernet.io");
        }
    }

    @Test
    void warnsOfWhoeverWillTakeTheEditBack() {
        var helm = (ObjectNode) JSON.readTree("""
                {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderReservedIP", "metadata": {"name": "kept",
                 "labels": {"app.kubernetes.io/managed-by": "Helm", "kustomize.toolkit.fluxcd.io/name": "net",
                            "kustomize.toolkit.fluxcd.io/namespace": "flux-system"},
                 "annotations": {"meta.helm.sh/release-name": "spider\\"pool\\u00e9\\n", "meta.helm.sh/release-namespace": "kube-system",
                                 "argocd.argoproj.io/tracking-id": "prod:spiderpool/SpiderReservedIP:/kept"}},
                 "spec": {"ips": ["10.6.0.1"]}}
                """);
        API.create(helm);

        var read = get("reservedips/kept");
        var edited = edit(
                "reservedips/kept", "?force=true", spec -> spec.putArray("ips").add("10.6.0.2"));

        assertThat(edited.status()).as(edited.body().toString()).isEqualTo(200);
        assertThat(edited.warnings()).isEqualTo(read.warnings());
        assertThat(read.warnings())
                .containsExactly(
                        "299 - \"managed by Helm as release kube-system/spider\\\"pool??; its next upgrade may take an edit back\"",
                        "299 - \"managed by Argo CD as application prod; its next synchronisation may take an edit back\"",
                        "299 - \"managed by Flux as flux-system/net; its next synchronisation may take an edit back\"");
    }
}
