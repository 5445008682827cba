package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.FormClient;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.util.HtmlUtils;

/// A browser without scripts on the pages of an edit.
abstract class EditingPages extends EditingConsole {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    @LocalServerPort
    private int webPort;

    private @Nullable WebTestClient browser;

    /// A page, and where it was.
    record Shown(int status, String html, String location) {

        /// What the first of its forms to an address carries unseen.
        Map<String, String> form(String action) {
            int start = html.indexOf("action=\"" + action + "\"");
            assertThat(start).as("a form to %s in %s", action, html).isPositive();
            var fields = new LinkedHashMap<String, String>();
            HIDDEN.matcher(html.substring(start, html.indexOf("</form>", start)))
                    .results()
                    .forEach(match -> fields.put(match.group(1), HtmlUtils.htmlUnescape(match.group(2))));
            return fields;
        }
    }

    /// The language of the pages.
    String language() {
        return "en";
    }

    private Shown shown(WebTestClient.RequestHeadersSpec<?> request) {
        var result = request.exchange().returnResult(byte[].class);
        var body = Objects.requireNonNullElse(result.getResponseBodyContent(), new byte[0]);
        var location = result.getResponseHeaders().getLocation();
        return new Shown(
                result.getStatus().value(),
                new String(body, StandardCharsets.UTF_8),
                location == null ? "" : location.toString());
    }

    /// One browser, which keeps its cookies.
    private WebTestClient client() {
        var known = browser;
        if (known == null) {
            known = FormClient.of(webPort)
                    .mutate()
                    .defaultCookie("underpass-language", language())
                    .build();
            browser = known;
        }
        return known;
    }

    Shown open(String path) {
        return shown(client().get().uri(path));
    }

    /// Sends a form, and goes on to the draft that it leads to.
    Shown send(String path, Map<String, String> fields) {
        var form = new LinkedMultiValueMap<String, String>();
        fields.forEach(form::add);
        var answer = shown(client().post().uri(path).body(BodyInserters.fromFormData(form)));
        if (!answer.location().startsWith("/changes/draft/")) {
            return answer;
        }
        assertThat(answer.status()).isEqualTo(303);
        var draft = open(answer.location());
        return new Shown(draft.status(), draft.html(), answer.location());
    }

    static Map<String, String> with(Map<String, String> fields, String name, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return more;
    }

    Shown reviewed(String path, String field, String value) {
        var form = open(path + "/edit").form(path + "/review");
        return send(path + "/review", with(form, field, value));
    }
}
