package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.kubeapi.Webhook;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Edits that meet other people's.
class ConflictsTest extends EditingConsole {

    private static JsonNode conflict(Reply reply, String field) {
        return reply.body()
                .path("conflicts")
                .valueStream()
                .filter(each -> each.path("field").asString("").equals(field))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsTheirsYoursAndTheResultWhereAnotherManagesTheField() {
        var before = pool("v4");

        var refused = edit("ippools/v4", "", spec -> spec.put("gateway", "10.6.0.2"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.type()).isEqualTo("conflict");
        var conflict = conflict(refused, "spec.gateway");
        assertThat(conflict.path("manager").asString("")).isNotEmpty();
        assertThat(conflict.path("theirs").asString("")).isEqualTo("10.6.0.1");
        assertThat(conflict.path("yours").asString("")).isEqualTo("10.6.0.2");
        assertThat(conflict.path("base").asString("")).isEqualTo("10.6.0.1");
        assertThat(refused.text("result", "spec", "gateway")).isEqualTo("10.6.0.2");
        assertThat(refused.body().path("result").path("metadata").has("managedFields"))
                .isFalse();
        assertThat(stored("spiderippools", "v4")).isEqualTo(before);
    }

    @Test
    void takesTheFieldOverWhenForced() {
        pool("v4");

        var forced = edit("ippools/v4", "?force=true", spec -> spec.put("gateway", "10.6.0.2"));
        var again = edit("ippools/v4", "", spec -> spec.put("gateway", "10.6.0.3"));

        assertThat(forced.status()).as(forced.body().toString()).isEqualTo(200);
        assertThat(again.status()).as("the field is the console's now").isEqualTo(200);
        assertThat(stored("spiderippools", "v4").path("spec").path("gateway").asString(""))
                .isEqualTo("10.6.0.3");
    }

    @Test
    void saysWhatWouldStillBeWrongIfItWereForced() {
        pool("v4");
        refuse((object, _) -> object.path("spec").path("gateway").asString("").equals("10.6.0.2")
                ? Optional.of(Webhook.Refusal.of("policy", "spec.gateway: is the router's"))
                : Optional.empty());

        var refused = edit("ippools/v4", "", spec -> spec.put("gateway", "10.6.0.2"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error(0).path("field").asString("")).isEqualTo("spec.gateway");
        assertThat(refused.body().has("result")).isFalse();
    }

    @Test
    void asksBeforeItRemovesWhatAnotherManages() {
        pool("v4");

        var refused = edit("ippools/v4", "", spec -> spec.remove("gateway"));
        var dryRun = edit("ippools/v4", "?force=true&dryRun=true", spec -> spec.remove("gateway"));
        var forced = edit("ippools/v4", "?force=true", spec -> spec.remove("gateway"));

        assertThat(refused.status()).isEqualTo(409);
        var conflict = conflict(refused, "spec.gateway");
        assertThat(conflict.path("theirs").asString("")).isEqualTo("10.6.0.1");
        assertThat(conflict.path("yours").isNull()).isTrue();
        assertThat(refused.body().path("result").path("spec").has("gateway")).isFalse();
        assertThat(dryRun.body().path("spec").has("gateway")).isFalse();
        assertThat(forced.status()).isEqualTo(200);
        assertThat(stored("spiderippools", "v4").path("spec").has("gateway")).isFalse();
    }

    @Test
    void removesAndSetsInOneStep() {
        pool("v4");
        var version = stored("spiderippools", "v4").path("metadata").path("resourceVersion");

        var forced = edit("ippools/v4", "?force=true", spec -> {
            spec.remove("gateway");
            spec.putArray("excludeIPs").add("10.6.1.2");
        });

        assertThat(forced.status()).as(forced.body().toString()).isEqualTo(200);
        assertThat(Long.parseLong(forced.text("metadata", "resourceVersion")))
                .as("one write, one version")
                .isEqualTo(Long.parseLong(version.asString("")) + 1);
        assertThat(forced.body().path("spec").path("excludeIPs").size()).isEqualTo(1);
        assertThat(forced.body().path("spec").has("gateway")).isFalse();
    }

    @Test
    void refusesAnEditOfAnEarlierVersionWithWhatChangedSince() {
        pool("v4");
        var read = get("ippools/v4");
        var theirs = (ObjectNode) stored("spiderippools", "v4").deepCopy();
        ((ObjectNode) theirs.path("spec")).put("gateway", "10.6.0.9");
        API.update(theirs);
        var mine = read.object();
        ((ObjectNode) mine.path("spec")).put("gateway", "10.6.0.2").put("disable", true);

        var refused = put("ippools/v4?force=true", read.etag(), mine);

        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.type()).isEqualTo("stale");
        assertThat(refused.text("current", "spec", "gateway")).isEqualTo("10.6.0.9");
        assertThat(refused.etag()).isEqualTo('"' + refused.text("resourceVersion") + '"');
        assertThat(refused.body().path("changed")).singleElement().satisfies(changed -> {
            assertThat(changed.path("field").asString("")).isEqualTo("spec.gateway");
            assertThat(changed.path("base").asString("")).isEqualTo("10.6.0.1");
            assertThat(changed.path("theirs").asString("")).isEqualTo("10.6.0.9");
            assertThat(changed.path("yours").asString("")).isEqualTo("10.6.0.2");
        });
        assertThat(delete("ippools/v4", read.etag()).status()).isEqualTo(412);
        assertThat(put("ippools/v4?force=true", refused.etag(), mine).status()).isEqualTo(200);
    }

    @Test
    void letsAddressesBeGivenAwayMeanwhile() {
        pool("v4");
        var read = get("ippools/v4");
        var allocated = (ObjectNode) stored("spiderippools", "v4").deepCopy();
        allocated.putObject("status").put("allocatedIPCount", 3).put("totalIPCount", 9);
        API.update(allocated);
        var mine = read.object();
        ((ObjectNode) mine.path("spec")).put("disable", true);

        var written = put("ippools/v4?force=true", read.etag(), mine);

        assertThat(written.status()).as(written.body().toString()).isEqualTo(200);
        assertThat(written.body().path("spec").path("disable").asBoolean()).isTrue();
        assertThat(written.body().path("status").path("allocatedIPCount").asInt())
                .isEqualTo(3);
    }

    @Test
    void refusesAVersionThatNobodyKnows() {
        pool("v4");

        var refused = put("ippools/v4", "\"1\"", get("ippools/v4").body());

        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.text("current", "metadata", "name")).isEqualTo("v4");
    }

    @Test
    void demandsTheVersionThatWasRead() {
        var before = pool("v4");
        var body = get("ippools/v4").body();

        for (var tag : List.of("", "*", "nonsense")) {
            var refused = put("ippools/v4", tag, body);
            assertThat(refused.status()).as("If-Match %s", tag).isEqualTo(428);
            assertThat(refused.type()).isEqualTo("precondition-required");
        }

        assertThat(delete("ippools/v4", "").status()).isEqualTo(428);
        assertThat(stored("spiderippools", "v4")).isEqualTo(before);
    }

    @Test
    void doesNotDeleteAnObjectOfTheSameNameThatIsAnother() {
        pool("v4");
        var etag = get("ippools/v4").etag();
        API.delete("spiderippools", "v4");
        pool("v4");

        var refused = send(HttpMethod.DELETE, "ippools/v4", etag, "");

        assertThat(refused.status()).isEqualTo(412);
        assertThat(API.find("spiderippools", "v4")).isNotNull();
    }
}
