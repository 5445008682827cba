package dev.underpass.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What an API server tells those who watch.
interface WatchingContract {

    String RESERVED = "/apis/spiderpool.spidernet.io/v2beta1/spiderreservedips";

    KubeApi api();

    private ObjectNode reserve(String name, String group) {
        return api().create("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderReservedIP
                metadata: {name: %s, labels: {group: %s}}
                spec: {ips: [10.6.0.1]}
                """.formatted(name, group));
    }

    private void label(String name, String group) {
        var patch = "{\"metadata\":{\"labels\":{\"group\":\"%s\"}}}".formatted(group);
        assertThat(api().calls(KubeApi.ADMIN)
                        .patch(RESERVED + "/" + name, "merge-patch+json", patch)
                        .code())
                .isEqualTo(200);
    }

    private List<ObjectNode> watch(String query) {
        try (var events = api().calls(KubeApi.CONSOLE).watch(RESERVED + "?watch=1&timeoutSeconds=1&" + query)) {
            return events.toList();
        }
    }

    private static List<String> texts(List<ObjectNode> events) {
        return events.stream()
                .map(event -> Json.text(event, "type") + " " + Json.text(event, "object", "metadata", "name"))
                .toList();
    }

    private static String version(ObjectNode object) {
        return Json.text(object, "metadata", "resourceVersion");
    }

    @Test
    default void tellsWhatHappenedAfterAVersion() {
        var first = reserve("watched", "watched");
        label("watched", "watched-too");
        api().delete("spiderreservedips", "watched");

        var events = watch("resourceVersion=" + version(first));

        assertThat(texts(events)).containsExactly("MODIFIED watched", "DELETED watched");
        assertThat(events)
                .extracting(event -> Long.valueOf(version(Json.asObject(event.path("object")))))
                .isSorted()
                .allMatch(version -> version > Long.parseLong(version(first)));
    }

    @Test
    default void withoutAVersionFirstTellsWhatIsThere() {
        reserve("there", "there");

        assertThat(texts(watch("labelSelector=group%3Dthere"))).containsExactly("ADDED there");
    }

    @Test
    default void marksTheEndOfTheInitialEvents() {
        reserve("initial", "initial");

        var events = watch("labelSelector=group%3Dinitial&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                + "&allowWatchBookmarks=true");

        assertThat(texts(events)).startsWith("ADDED initial", "BOOKMARK ");
        var bookmark = events.get(1).path("object");
        assertThat(Json.text(bookmark, "metadata", "annotations", "k8s.io/initial-events-end"))
                .isEqualTo("true");
        assertThat(Json.text(bookmark, "kind")).isEqualTo("SpiderReservedIP");
        assertThat(version(Json.asObject(bookmark))).isNotEmpty();
    }

    @Test
    default void aSelectionGainsAndLosesWhatChangesItsLabels() {
        var first = reserve("moving", "elsewhere");
        label("moving", "here");
        label("moving", "elsewhere");

        var events = watch("labelSelector=group%3Dhere&resourceVersion=" + version(first));

        assertThat(texts(events)).containsExactly("ADDED moving", "DELETED moving");
    }

    @Test
    default void refusesAVersionThatIsForgotten() {
        var forgotten = reserve("forgotten", "forgotten");
        api().expire();

        var error = watch("resourceVersion=" + version(forgotten)).getFirst();

        assertThat(Json.text(error, "type")).isEqualTo("ERROR");
        assertThat(Json.text(error, "object", "kind")).isEqualTo("Status");
        assertThat(Json.text(error, "object", "reason")).isEqualTo("Expired");
        assertThat(error.path("object").path("code").asInt()).isEqualTo(410);
        assertThat(Json.text(error, "object", "message"))
                .matches("too old resource version: " + version(forgotten) + " \\(\\d+\\)");
    }

    @Test
    default void aForbiddenWatchIsRefusedAtOnce() {
        api().deny("watch", "spiderreservedips");
        try {
            var reply = api().calls(KubeApi.CONSOLE).get(RESERVED + "?watch=1&timeoutSeconds=1");

            assertThat(reply.code()).isEqualTo(403);
            assertThat(reply.text("message")).contains("cannot watch resource \"spiderreservedips\"");
        } finally {
            api().allow("watch", "spiderreservedips");
        }
    }
}
