package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The connection breaks in the middle of a write.
class LostWritesTest extends EditingConsole {

    private String newestOutcome() {
        return get("edits?limit=1").body().path("items").path(0).path("outcome").asString("");
    }

    private static int version(String name) {
        return stored("spiderippools", name)
                .path("metadata")
                .path("resourceVersion")
                .asInt(0);
    }

    @Test
    void saysThatTheWriteTookEffect() {
        pool("v4");
        int before = version("v4");
        API.breakOff();

        var lost = edit("ippools/v4", "?force=true", spec -> spec.put("gateway", "10.6.0.2"));

        assertThat(lost.status()).isEqualTo(502);
        assertThat(lost.type()).isEqualTo("answer-lost");
        assertThat(lost.text("outcome")).isEqualTo("applied");
        assertThat(lost.text("current", "spec", "gateway")).isEqualTo("10.6.0.2");
        assertThat(lost.etag()).isEqualTo(get("ippools/v4").etag());
        assertThat(version("v4")).as("written once").isEqualTo(before + 1);
        assertThat(newestOutcome()).isEqualTo("applied");
    }

    @Test
    void saysThatTheWriteDidNotTakeEffect() {
        pool("v4");
        int before = version("v4");
        API.lose();

        var lost = edit("ippools/v4", "?force=true", spec -> spec.put("gateway", "10.6.0.2"));

        assertThat(lost.status()).isEqualTo(502);
        assertThat(lost.text("outcome")).isEqualTo("not-applied");
        assertThat(lost.text("current", "spec", "gateway")).isEqualTo("10.6.0.1");
        assertThat(version("v4")).as("never sent again").isEqualTo(before);
        assertThat(newestOutcome()).isEqualTo("not-applied");
    }

    @Test
    void saysTheSameOfCreationsAndDeletions() {
        var body = json("{\"spec\": {\"ips\": [\"10.6.0.1\"]}}");
        API.lose();
        var notCreated = post("reservedips/kept", body);
        API.breakOff();
        var created = post("reservedips/kept", body);
        API.lose();
        var notDeleted = delete("reservedips/kept", created.etag());
        API.breakOff();
        var deleted = delete("reservedips/kept", created.etag());

        assertThat(notCreated.text("outcome")).isEqualTo("not-applied");
        assertThat(created.text("outcome")).isEqualTo("applied");
        assertThat(notDeleted.text("outcome")).isEqualTo("not-applied");
        assertThat(deleted.text("outcome")).isEqualTo("applied");
        assertThat(API.find("spiderreservedips", "kept")).isNull();
    }

    @Test
    void writesNothingWhileTheApiIsAway() {
        pool("v4");
        var read = get("ippools/v4");
        API.stop();
        try {
            var refused = put("ippools/v4", read.etag(), read.body());

            assertThat(refused.status()).isEqualTo(502);
            assertThat(refused.type()).isEqualTo("api-unreachable");
            assertThat(refused.text("outcome")).isEqualTo("not-applied");
        } finally {
            API.start();
        }
    }

    @Test
    void undoesAnEditWhoseAnswerWasLost() {
        pool("v4");
        API.breakOff();
        var lost = edit("ippools/v4", "?force=true", spec -> spec.put("gateway", "10.6.0.2"));

        var undone = post("edits/%s/undo".formatted(lost.text("edit")), json("{}"));

        assertThat(undone.status()).as(undone.body().toString()).isEqualTo(200);
        assertThat(stored("spiderippools", "v4").path("spec").path("gateway").asString(""))
                .isEqualTo("10.6.0.1");
    }
}
