package dev.underpass.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Who may do what at an API server.
interface AccessContract {

    String PROBE = "system:serviceaccount:default:probe";
    String NODES = "/api/v1/nodes";

    KubeApi api();

    private KubeCalls calls() {
        return api().calls(KubeApi.CONSOLE);
    }

    private KubeCalls.Reply as(String user, String path) {
        return calls().send(
                        calls().request(path).header("Impersonate-User", user).GET());
    }

    private KubeCalls.Reply review(String group, String kind, String spec) {
        return api().calls(KubeApi.ADMIN)
                .post(
                        "/apis/%s/v1/%ss".formatted(group, kind.toLowerCase(Locale.ROOT)),
                        Json.parse("{apiVersion: %s/v1, kind: %s, spec: %s}".formatted(group, kind, spec)));
    }

    @Test
    default void knowsNobodyWithoutAValidToken() {
        var nobody = calls().send(calls().request("/api")
                .setHeader("Authorization", "Bearer nonsense")
                .GET());

        assertThat(nobody.code()).isEqualTo(401);
        assertThat(nobody.text("reason")).isEqualTo("Unauthorized");
    }

    @Test
    default void forbidsWhatWasNotGranted() {
        api().deny("list", "nodes");
        api().deny("get", "spidercoordinators");
        try {
            var list = calls().get(NODES);
            var get = calls().get(Objects.path("spidercoordinators", "default"));

            assertThat(list.code()).isEqualTo(403);
            assertThat(list.text("reason")).isEqualTo("Forbidden");
            assertThat(list.text("message"))
                    .isEqualTo(
                            "nodes is forbidden: User \"underpass\" cannot list resource \"nodes\" in API group \"\" "
                                    + "at the cluster scope");
            assertThat(get.text("message"))
                    .isEqualTo(
                            "spidercoordinators.spiderpool.spidernet.io \"default\" is forbidden: User \"underpass\" "
                                    + "cannot get resource \"spidercoordinators\" in API group \"spiderpool.spidernet.io\" at "
                                    + "the cluster scope");
        } finally {
            api().allow("list", "nodes");
            api().allow("get", "spidercoordinators");
        }
        assertThat(calls().get(NODES).code()).isEqualTo(200);
    }

    @Test
    default void namesTheNamespaceOfWhatItForbids() {
        api().deny("list", "pods");
        try {
            assertThat(calls().get("/api/v1/namespaces/default/pods").text("message"))
                    .endsWith("cannot list resource \"pods\" in API group \"\" in the namespace \"default\"");
        } finally {
            api().allow("list", "pods");
        }
    }

    @Test
    default void forbidsASubresourceByItself() {
        api().create("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderCoordinator, metadata: {name: sub}, spec: {}}
                """);
        api().deny("patch", "spidercoordinators/status");
        try {
            var path = Objects.path("spidercoordinators", "sub");
            var status = calls().patch(path + "/status", "merge-patch+json", "{\"status\":{\"phase\":\"Synced\"}}");

            assertThat(status.text("message")).contains("cannot patch resource \"spidercoordinators/status\"");
            assertThat(calls().patch(path, "merge-patch+json", "{\"spec\":{\"txQueueLen\":1}}")
                            .code())
                    .isEqualTo(200);
        } finally {
            api().allow("patch", "spidercoordinators/status");
        }
    }

    @Test
    default void letsOneActAsAnotherWithTheOthersRights() {
        api().deny(PROBE, "list", "nodes");

        var denied = as(PROBE, NODES);

        assertThat(as(PROBE, "/api/v1/pods").code()).isEqualTo(200);
        assertThat(denied.code()).isEqualTo(403);
        assertThat(denied.text("message"))
                .isEqualTo("nodes is forbidden: User \"%s\" cannot list resource \"nodes\" in API group \"\" at the "
                                .formatted(PROBE)
                        + "cluster scope");
    }

    @Test
    default void actingAsAnotherNeedsARight() {
        api().deny("impersonate", "users");
        try {
            var refused = as("system:admin", NODES);

            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.text("message"))
                    .isEqualTo("nodes is forbidden: User \"underpass\" cannot impersonate-on:user-info:list resource "
                            + "\"nodes\" in API group \"\" at the cluster scope");
        } finally {
            api().allow("impersonate", "users");
        }
    }

    @Test
    default void saysWhatSomebodyMayDo() {
        api().deny("alice", "patch", "spidercoordinators");
        var question =
                "{user: alice, groups: [system:authenticated], resourceAttributes: {group: spiderpool.spidernet.io, "
                        + "resource: spidercoordinators, verb: %s, name: default}}";

        var denied = review("authorization.k8s.io", "SubjectAccessReview", question.formatted("patch"));
        var allowed = review("authorization.k8s.io", "SubjectAccessReview", question.formatted("get"));

        assertThat(denied.code()).isEqualTo(201);
        assertThat(denied.body().path("status").path("allowed").asBoolean()).isFalse();
        assertThat(allowed.body().path("status").path("allowed").asBoolean()).isTrue();
        assertThat(allowed.text("status", "reason")).startsWith("RBAC: allowed by ClusterRoleBinding");
    }

    @Test
    default void saysWhoOneIs() {
        var path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
        var body = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
        var request = calls().request(path)
                .header("Impersonate-User", PROBE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));

        var info = calls().send(request).body().path("status").path("userInfo");

        assertThat(Json.text(info, "username")).isEqualTo(PROBE);
        assertThat(Json.texts(info.path("groups")))
                .containsExactly("system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated");
    }

    @Test
    default void reviewsATokenForItsAudience() {
        var token = api().token(PROBE, "spider-lab");
        var question = "{token: '%s', audiences: [%s]}";

        var right = review("authentication.k8s.io", "TokenReview", question.formatted(token, "spider-lab"));
        var wrong = review("authentication.k8s.io", "TokenReview", question.formatted(token, "other"));
        var ours = review("authentication.k8s.io", "TokenReview", question.formatted(token, ""));
        var direct = calls().send(calls().request(NODES)
                .setHeader("Authorization", "Bearer " + token)
                .GET());

        assertThat(right.body().path("status").path("authenticated").asBoolean())
                .isTrue();
        assertThat(right.text("status", "user", "username")).isEqualTo(PROBE);
        assertThat(Json.texts(right.body().path("status").path("audiences"))).containsExactly("spider-lab");
        assertThat(wrong.body().path("status").path("authenticated").asBoolean(false))
                .isFalse();
        assertThat(wrong.text("status", "error"))
                .isEqualTo(
                        "[invalid bearer token, token audiences [\"spider-lab\"] is invalid for the target audiences "
                                + "[\"other\"]]");
        assertThat(ours.text("status", "error")).contains(KubeApi.AUDIENCE);
        assertThat(direct.code()).isEqualTo(401);
    }
}
