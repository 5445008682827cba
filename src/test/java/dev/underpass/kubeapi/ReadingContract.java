package dev.underpass.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What an API server answers to those who read.
interface ReadingContract {

    String POOLS = "/apis/spiderpool.spidernet.io/v2beta1/spiderippools";

    KubeApi api();

    private ObjectNode pool(String name, String group) {
        return api().create("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderIPPool
                metadata: {name: %s, labels: {group: %s}}
                spec: {subnet: 10.6.0.0/16, ips: [10.6.212.200-10.6.212.250], gateway: 10.6.0.1}
                """.formatted(name, group));
    }

    private ObjectNode pod(String name, String node) {
        return api().create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: reading}
                spec: {nodeName: %s, containers: [{name: c, image: i}]}
                """.formatted(name, node));
    }

    private static List<String> names(ObjectNode list) {
        var names = new ArrayList<String>();
        list.path("items").forEach(item -> names.add(Json.text(item, "metadata", "name")));
        return names;
    }

    private ObjectNode get(String path) {
        return api().calls(KubeApi.CONSOLE).get(path).body();
    }

    @Test
    default void answersHealthAndVersion() {
        assertThat(api().calls(KubeApi.CONSOLE).get("/readyz").text("text")).isEqualTo("ok");
        assertThat(get("/version").has("gitVersion")).isTrue();
    }

    @Test
    default void saysWhichResourcesItServes() {
        var resources = get("/apis/spiderpool.spidernet.io/v2beta1").path("resources");

        assertThat(resources)
                .filteredOn(resource -> Json.text(resource, "name").equals("spiderippools"))
                .singleElement()
                .satisfies(resource -> {
                    assertThat(Json.text(resource, "kind")).isEqualTo("SpiderIPPool");
                    assertThat(resource.path("namespaced").asBoolean()).isFalse();
                    assertThat(Json.texts(resource.path("shortNames"))).containsExactly("sp");
                });
        assertThat(resources)
                .extracting(resource -> Json.text(resource, "name"))
                .contains("spiderippools/status");
        assertThat(get("/apis").path("groups"))
                .extracting(group -> Json.text(group, "name"))
                .contains("spiderpool.spidernet.io", "discovery.k8s.io");
        assertThat(get("/api/v1").path("resources"))
                .extracting(resource -> Json.text(resource, "name"))
                .contains("pods", "nodes");
    }

    @Test
    default void listsOneRevisionInPages() {
        for (var name : List.of("page-a", "page-b", "page-c")) {
            pool(name, "pages");
        }

        var first = get(POOLS + "?labelSelector=group%3Dpages&limit=2");
        pool("page-b2", "pages");
        var second = get(
                POOLS + "?labelSelector=group%3Dpages&limit=2&continue=" + Json.text(first, "metadata", "continue"));

        assertThat(Json.text(first, "kind")).isEqualTo("SpiderIPPoolList");
        assertThat(names(first)).containsExactly("page-a", "page-b");
        assertThat(names(second)).containsExactly("page-c");
        assertThat(Json.text(second, "metadata", "continue")).isEmpty();
        assertThat(Json.text(second, "metadata", "resourceVersion"))
                .isEqualTo(Json.text(first, "metadata", "resourceVersion"));
    }

    @Test
    default void aPageOfForgottenHistoryIsGoneAndSaysHowToGoOn() {
        for (var name : List.of("gone-a", "gone-b", "gone-c")) {
            pool(name, "gone");
        }
        var path = POOLS + "?labelSelector=group%3Dgone&limit=1&continue=";
        var first = get(path);
        api().expire();

        var late = api().calls(KubeApi.CONSOLE).get(path + Json.text(first, "metadata", "continue"));
        var goingOn = get(path + late.text("metadata", "continue"));

        assertThat(late.code()).isEqualTo(410);
        assertThat(late.text("reason")).isEqualTo("Expired");
        assertThat(late.text("message")).startsWith("The provided continue parameter is too old");
        assertThat(names(goingOn)).containsExactly("gone-b");
    }

    @Test
    default void selectsByLabels() {
        pool("label-x", "x");
        pool("label-y", "y");

        assertThat(names(get(POOLS + "?labelSelector=group%20in%20(x,y)"))).containsExactly("label-x", "label-y");
        assertThat(names(get(POOLS + "?labelSelector=group%3Dx"))).containsExactly("label-x");
        assertThat(names(get(POOLS + "?labelSelector=group%21%3Dx,group")))
                .contains("label-y")
                .doesNotContain("label-x");
    }

    @Test
    default void selectsByFields() {
        pod("on-1", "reading-1");
        pod("on-2", "reading-2");

        assertThat(names(get("/api/v1/pods?fieldSelector=spec.nodeName%3Dreading-1")))
                .containsExactly("on-1");
        assertThat(names(get("/api/v1/namespaces/reading/pods?fieldSelector=metadata.name%3Don-2")))
                .containsExactly("on-2");
        assertThat(names(get(POOLS + "?fieldSelector=metadata.name%3Dnone"))).isEmpty();
    }

    @Test
    default void namesWhatItDoesNotFind() {
        var reply = api().calls(KubeApi.CONSOLE).get(POOLS + "/none");

        assertThat(reply.code()).isEqualTo(404);
        assertThat(reply.text("reason")).isEqualTo("NotFound");
        assertThat(reply.text("message")).isEqualTo("spiderippools.spiderpool.spidernet.io \"none\" not found");
        assertThat(reply.text("details", "kind")).isEqualTo("spiderippools");
    }

    @Test
    default void servesACustomResourceOnlyWhileItIsEstablished() {
        var path = "/apis/cilium.io/v2/ciliumnodes";
        assertThat(api().calls(KubeApi.CONSOLE).get(path).code()).isEqualTo(200);

        api().withdraw("ciliumnodes.cilium.io");
        var withdrawn = api().calls(KubeApi.CONSOLE).get(path);
        api().establish("ciliumnodes.cilium.io");

        assertThat(withdrawn.code()).isEqualTo(404);
        assertThat(withdrawn.text("text")).isEqualTo("404 page not found\n");
        assertThat(api().calls(KubeApi.CONSOLE).get(path).code()).isEqualTo(200);
    }

    @Test
    default void keepsItsObjectsOverARestart() {
        var before = pool("restarted", "restarted");

        api().restart();

        assertThat(api().find("spiderippools", "restarted")).isEqualTo(before);
        assertThat(Long.parseLong(Json.text(pool("later", "restarted"), "metadata", "resourceVersion")))
                .isGreaterThan(Long.parseLong(Json.text(before, "metadata", "resourceVersion")));
    }
}
