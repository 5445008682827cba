package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The pages on what was changed, and their button that takes it back.
class ChangePagesTest extends EditingConsole {

    private String shown(String path) {
        return Objects.requireNonNull(page(HttpMethod.GET, path).getResponseBody());
    }

    private String edited() {
        pool("v4");
        // Two changes within one snapshot would be seen as one.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> watched().spiderpool().ipPools().stream()
                        .anyMatch(pool -> String.valueOf(pool.gateway()).equals("10.6.0.1")));
        var edit = edit("ippools/v4", "?force=true", spec -> {
            spec.put("gateway", "10.6.0.2");
            spec.putArray("excludeIPs").add("10.6.1.5");
        });
        return Objects.requireNonNull(edit.headers().getFirst(Answers.EDIT));
    }

    @Test
    void showsAnEditFieldByFieldAndAsYaml() {
        var id = edited();

        var page = shown("/changes/" + id);

        assertThat(page)
                .contains("spec.gateway", "by loopback, here", "applied", "Undo")
                .contains("<a href=\"/pools/v4\">SpiderIPPool v4 as it is now</a>")
                .contains("<a href=\"/changes?q=kind:SpiderIPPool%20name:v4\">All changes of SpiderIPPool v4</a>")
                .doesNotContain("??");
        assertThat(page).contains("<span class=\"minus\">-   gateway: 10.6.0.1");
        assertThat(shown("/changes?kind=SpiderIPPool&name=v4")).contains("/changes/" + id);
        assertThat(shown("/changes?kind=SpiderIPPool&sort=who"))
                .contains(
                        "aria-sort=\"ascending\"><a id=\"sort-who\" href=\"/changes?q=kind%3ASpiderIPPool&amp;sort=-who\"")
                .contains("/changes/" + id);
        assertThat(shown("/changes?name=nobody")).contains("Nothing matches");
        assertThat(shown("/")).contains("/changes/" + id);
        assertThat(shown("/pools/v4")).contains("<a href=\"/changes?q=kind:SpiderIPPool%20name:v4\">");
        assertThat(shown("/changes?q=kind:SpiderIPPool name:v4")).contains("/changes/" + id);
    }

    @Test
    void tellsAnEditThatTheWatchSawOnce() {
        var since = get("journal").body().path("total").asInt();
        var id = edited();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> newest("edited").path("fields").toString().contains("10.6.0.2"));

        var rows = shown("/changes?kind=SpiderIPPool&name=v4");

        assertThat(get("journal").body().path("total").asInt()).isGreaterThan(since);
        assertThat(rows).contains("/changes/" + id, "by loopback, here").doesNotContain(gateways("10.6.0.2"));
    }

    @Test
    void tellsWhatOthersDidMeanwhileByItself() {
        edited();
        var theirs = (ObjectNode) stored("spiderippools", "v4").deepCopy();
        ((ObjectNode) theirs.path("spec")).put("gateway", "10.6.0.3");
        API.update(theirs);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> newest("edited").path("fields").toString().contains("10.6.0.3"));

        assertThat(shown("/changes?kind=SpiderIPPool&name=v4")).contains("by loopback, here", gateways("10.6.0.3"));
    }

    /// The journal's own entry of the newest change.
    private JsonNode newest(String what) {
        return get("journal")
                .body()
                .path("items")
                .valueStream()
                .filter(each -> each.path("change").asString("").equals(what))
                .findFirst()
                .orElse(JSON.createObjectNode());
    }

    /// The link to the entry of the journal that tells of this gateway.
    private String gateways(String gateway) {
        return "/changes/%s\""
                .formatted(get("journal")
                        .body()
                        .path("items")
                        .valueStream()
                        .filter(each -> each.path("fields").toString().contains(gateway))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asLong());
    }

    @Test
    void takesAnEditBack() {
        var id = edited();

        var answer = page(HttpMethod.POST, "/changes/" + id + "/undo");

        assertThat(answer.getStatus().value()).isEqualTo(303);
        var where = Objects.requireNonNull(answer.getResponseHeaders().getLocation());
        assertThat(shown(where.toString())).contains("Takes back", "/changes/" + id);
        assertThat(stored("spiderippools", "v4").path("spec").path("gateway").asString(""))
                .isEqualTo("10.6.0.1");
    }

    @Test
    void saysWhyAnEditCannotBeTakenBack() {
        var id = edited();
        var theirs = (ObjectNode) stored("spiderippools", "v4").deepCopy();
        ((ObjectNode) theirs.path("spec")).put("gateway", "10.6.0.3");
        API.update(theirs);

        var answer = page(HttpMethod.POST, "/changes/" + id + "/undo");

        assertThat(answer.getStatus().value()).isEqualTo(409);
        assertThat(answer.getResponseBody()).contains("Not undone:");
        assertThat(page(HttpMethod.GET, "/changes/nonsense").getStatus().value())
                .isEqualTo(404);
    }
}
