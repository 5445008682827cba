package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Edits are recorded, and taken back.
@ExtendWith(OutputCaptureExtension.class)
class UndoTest extends EditingConsole {

    private static String id(Reply edited) {
        assertThat(edited.status()).as(edited.body().toString()).isBetween(200, 201);
        return Objects.requireNonNull(edited.headers().getFirst(Answers.EDIT));
    }

    private Reply undo(String id) {
        return post("edits/" + id + "/undo", json("{}"));
    }

    private static JsonNode spec(String name) {
        return stored("spiderippools", name).path("spec");
    }

    private static void changeByOthers(String field, String value) {
        var theirs = (ObjectNode) stored("spiderippools", "v4").deepCopy();
        ((ObjectNode) theirs.path("spec")).set(field, JSON.readTree(value));
        API.update(theirs);
    }

    @Test
    void putsBackWhatAnUpdateChanged() {
        pool("v4");
        var before = spec("v4");
        var edit = id(edit("ippools/v4", "?force=true", spec -> {
            spec.put("gateway", "10.6.0.2");
            spec.putArray("excludeIPs").add("10.6.1.5");
        }));
        changeByOthers("nodeName", "[\"node1\"]");

        var undone = undo(edit);

        assertThat(undone.status()).as(undone.body().toString()).isEqualTo(200);
        var expected = ((ObjectNode) before.deepCopy()).set("nodeName", JSON.readTree("[\"node1\"]"));
        assertThat(spec("v4")).as("what others did meanwhile stays").isEqualTo(expected);
        assertThat(undo(id(undone)).status()).as("an undo is an edit").isEqualTo(200);
        assertThat(spec("v4").path("gateway").asString("")).isEqualTo("10.6.0.2");
    }

    @Test
    void saysWhatOthersChangedSince() {
        pool("v4");
        var edit = id(edit("ippools/v4", "?force=true", spec -> spec.put("gateway", "10.6.0.2")));
        changeByOthers("gateway", "\"10.6.0.3\"");

        var refused = undo(edit);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.type()).isEqualTo("changed-since");
        assertThat(refused.body().path("changed")).singleElement().satisfies(changed -> {
            assertThat(changed.path("field").asString("")).isEqualTo("spec.gateway");
            assertThat(changed.path("base").asString("")).isEqualTo("10.6.0.2");
            assertThat(changed.path("theirs").asString("")).isEqualTo("10.6.0.3");
            assertThat(changed.path("yours").asString("")).isEqualTo("10.6.0.1");
        });
        assertThat(spec("v4").path("gateway").asString("")).isEqualTo("10.6.0.3");
    }

    @Test
    void removesWhatWasCreatedAndMakesWhatWasDeletedAnew() {
        var body = json("{\"metadata\": {\"labels\": {\"a\": \"b\"}}, \"spec\": {\"ips\": [\"10.6.0.1\"]}}");
        var created = post("reservedips/kept", body);

        assertThat(undo(id(created)).status()).isEqualTo(200);
        assertThat(API.find("spiderreservedips", "kept")).isNull();

        post("reservedips/kept", body);
        var deleted = id(delete("reservedips/kept", get("reservedips/kept").etag()));
        assertThat(undo(deleted).status()).isEqualTo(200);

        var again = stored("spiderreservedips", "kept");
        assertThat(again.path("spec")).isEqualTo(body.path("spec"));
        assertThat(again.path("metadata").path("labels"))
                .isEqualTo(body.path("metadata").path("labels"));
        assertThat(undo(deleted).status()).as("it is there").isEqualTo(409);
    }

    @Test
    void keepsWhatWasCreatedIfOthersChangedIt() {
        var created = post("ippools/v4", json("{\"spec\": {\"subnet\": \"10.6.0.0/16\", \"ips\": [\"10.6.1.1\"]}}"));
        changeByOthers("nodeName", "[\"node1\"]");

        var refused = undo(id(created));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("changed").path(0).path("field").asString(""))
                .isEqualTo("spec.nodeName");
        assertThat(API.find("spiderippools", "v4")).isNotNull();
    }

    @Test
    void triesAnUndoWithoutDoingIt() {
        pool("v4");
        var edit = id(edit("ippools/v4", "?force=true", spec -> spec.put("gateway", "10.6.0.2")));

        var tried = post("edits/" + edit + "/undo?dryRun=true", json("{}"));

        assertThat(tried.text("spec", "gateway")).isEqualTo("10.6.0.1");
        assertThat(spec("v4").path("gateway").asString("")).isEqualTo("10.6.0.2");
    }

    @Test
    void undoesNothingThatWasRefusedOrIsUnknown() {
        pool("v4");
        edit("ippools/v4", "", spec -> spec.put("gateway", "10.6.0.2"));
        var refused = get("edits?limit=1").body().path("items").path(0);

        assertThat(refused.path("outcome").asString("")).isEqualTo("refused");
        assertThat(undo(refused.path("id").asString("")).type()).isEqualTo("nothing-to-undo");
        assertThat(undo("nonsense").status()).isEqualTo(404);
    }

    @Test
    void recordsWhoDidWhatWhenAndHowToTakeItBack(CapturedOutput log) {
        pool("v4");
        var edit = id(edit("ippools/v4", "?force=true", spec -> {
            spec.put("gateway", "10.6.0.2");
            spec.putArray("excludeIPs").add("10.6.1.5");
        }));
        edit("ippools/v4", "?dryRun=true", spec -> spec.put("gateway", "10.6.0.3"));
        var undone = id(undo(edit));

        var entry = get("edits/" + edit).body();
        var newest = get("edits?limit=1");

        assertThat(entry.path("who").asString("")).isEqualTo("loopback");
        assertThat(entry.path("operation").asString("")).isEqualTo("update");
        assertThat(entry.path("kind").asString("")).isEqualTo("SpiderIPPool");
        assertThat(entry.path("resource").asString("")).isEqualTo("spiderippools.spiderpool.spidernet.io");
        assertThat(entry.path("name").asString("")).isEqualTo("v4");
        assertThat(entry.path("outcome").asString("")).isEqualTo("applied");
        assertThat(entry.path("at").asString("")).startsWith("20");
        assertThat(entry.path("before").path("spec").path("gateway").asString(""))
                .isEqualTo("10.6.0.1");
        assertThat(entry.path("after").path("spec").path("gateway").asString(""))
                .isEqualTo("10.6.0.2");
        assertThat(entry.path("undo").toString())
                .isEqualTo("{\"spec\":{\"excludeIPs\":null,\"gateway\":\"10.6.0.1\"}}");
        assertThat(newest.body().path("items").path(0).path("id").asString(""))
                .as("a dry run is no edit")
                .isEqualTo(undone);
        assertThat(newest.body().path("items").path(0).path("undoes").asString(""))
                .isEqualTo(edit);
        assertThat(newest.body().path("total").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(log.getAll())
                .contains("Edit " + edit + ": UPDATE by loopback of SpiderIPPool v4: applied")
                .doesNotContain("10.6.1.5");
    }
}
