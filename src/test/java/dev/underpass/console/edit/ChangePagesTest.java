package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.node.ObjectNode;

/// The pages on what was changed, and their button that takes it back.
class ChangePagesTest extends EditingConsole {

    private String shown(String path) {
        return Objects.requireNonNull(page(HttpMethod.GET, path).getResponseBody());
    }

    private String edited() {
        pool("v4");
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
                .doesNotContain("??");
        assertThat(page).contains("<span class=\"minus\">-   gateway: 10.6.0.1");
        assertThat(shown("/changes?kind=SpiderIPPool&name=v4")).contains("/changes/" + id);
        assertThat(shown("/changes?name=nobody")).contains("Nothing matches");
        assertThat(shown("/")).contains("/changes/" + id);
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
