package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.kubeapi.Webhook;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;

/// Edit, Review, Apply, as a browser without scripts goes through them.
class EditPagesTest extends EditingPages {

    @Test
    void aPoolIsEditedInThreeSteps() {
        pool("v4");

        var review = reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20\n10.6.0.21");
        assertThat(review.html())
                .contains("spec.excludeIPs")
                .contains("10.6.0.21")
                .contains("Apply</button>");
        assertThat(stored("spiderippools", "v4").path("spec").has("excludeIPs")).isFalse();

        var applied = send("/pools/v4/apply", review.form("/pools/v4/apply"));
        assertThat(applied.status()).isEqualTo(303);
        assertThat(stored("spiderippools", "v4").path("spec").path("excludeIPs").toString())
                .isEqualTo("[\"10.6.0.20\",\"10.6.0.21\"]");

        var done = open(applied.location());
        assertThat(done.html()).contains("applied").contains("Undo");
        var undone = send(applied.location() + "/undo", Map.of());
        assertThat(undone.status()).isEqualTo(303);
        assertThat(stored("spiderippools", "v4").path("spec").has("excludeIPs")).isFalse();
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingTypedIsLost() {
        pool("v4");

        var form = open("/pools/v4/edit").form("/pools/v4/review");
        var review = send(
                "/pools/v4/review",
                with(with(form, "field.spec.excludeIPs", "nonsense"), "field.spec.gateway", "10.99.0.1"));

        assertThat(review.html())
                .contains("This cannot be applied")
                .contains("spec.excludeIPs")
                .contains("spec.gateway")
                .doesNotContain("action=\"/pools/v4/apply\"");
        var back = send("/pools/v4/edit", review.form("/pools/v4/edit"));
        assertThat(back.html()).contains("nonsense").contains("10.99.0.1");
    }

    @Test
    void textThatIsNoYamlIsKeptAndThePlaceIsSaid() {
        pool("v4");

        var review = reviewed("/pools/v4", "yaml", "spec:\n  subnet: [10.6.0.0/16\n  x: <script>");

        assertThat(review.html())
                .containsPattern("<a class=\"mono\" href=\"#yaml\">yaml</a> <span>line \\d+, column \\d+: not YAML")
                .contains("aria-invalid=\"true\" aria-describedby=\"yaml-wrong\"")
                .contains("subnet: [10.6.0.0/16")
                .doesNotContain("<script>\n");
        assertThat(reviewed("/pools/v4", "yaml", "a: &x {}\nb: *x").html()).contains("line 2: an alias (*x)");
        assertThat(reviewed("/pools/v4", "yaml", "- a").html()).contains("not an object");
    }

    @Test
    void whatIsTypedIntoFieldsAndIntoTheTextBesideThemBothCounts() {
        pool("v4");
        var form = open("/pools/v4/edit").form("/pools/v4/review");
        var yaml = String.valueOf(form.get("shown"));

        var review = send(
                "/pools/v4/review",
                with(
                        with(form, "field.spec.excludeIPs", "10.6.0.20"),
                        "yaml",
                        yaml.replace("disable: false", "disable: true")));

        assertThat(review.html()).contains("spec.excludeIPs", "10.6.0.20", "spec.disable");
        var back = send("/pools/v4/edit", review.form("/pools/v4/edit"));
        assertThat(back.form("/pools/v4/review").get("shown")).contains("10.6.0.20", "disable: true");
    }

    @Test
    void aFieldThatIsTypedOneWayAndChangedAnotherWayInTheTextIsSaidAndKept() {
        pool("v4");
        var form = open("/pools/v4/edit").form("/pools/v4/review");
        var yaml = String.valueOf(form.get("shown"));
        var both = with(
                with(form, "field.spec.excludeIPs", "10.6.0.20"),
                "yaml",
                yaml.replace("spec:", "spec:\n  excludeIPs: [10.6.0.30]"));

        var torn = send("/pools/v4/review", both);

        assertThat(torn.html())
                .contains("&#39;10.6.0.20&#39; here, and &#39;10.6.0.30&#39; in the YAML below")
                .contains(">10.6.0.20</textarea>", "excludeIPs: [10.6.0.30]");
        var again = with(torn.form("/pools/v4/review"), "yaml", String.valueOf(both.get("yaml")));
        assertThat(send("/pools/v4/review", with(again, "field.spec.excludeIPs", "10.6.0.20"))
                        .html())
                .as("sent once more as it is")
                .contains("in the YAML below");
        assertThat(send("/pools/v4/review", with(again, "field.spec.excludeIPs", "10.6.0.30"))
                        .html())
                .contains("Apply</button>")
                .doesNotContain("in the YAML below");
    }

    @Test
    void fieldsBesideATextThatCannotBeReadAreLockedAndWhatWasTypedIsKept() {
        pool("v4");
        var form = open("/pools/v4/edit").form("/pools/v4/review");
        var yaml = String.valueOf(form.get("shown"));

        var broken = send(
                "/pools/v4/review",
                with(with(form, "field.spec.excludeIPs", "10.6.0.20"), "yaml", yaml + "\n  x: [<script>"));

        assertThat(broken.html())
                .contains("<fieldset class=\"plain\" disabled=\"disabled\"", "nobody knows what these fields are")
                .doesNotContain("[<script>");
        var mended = send("/pools/v4/review", with(broken.form("/pools/v4/review"), "yaml", yaml));
        assertThat(mended.html()).contains("10.6.0.20", "Apply</button>").doesNotContain("This cannot be applied");
    }

    @Test
    void anEmptyFormIsToldOfAllThatItNeedsAtItsFields() {
        var empty = send("/pools/new/review", open("/pools/new").form("/pools/new/review"));

        assertThat(empty.html())
                .contains("href=\"#name\">name</a>", "href=\"#f0\">spec.subnet</a>", "is missing: it is required")
                .doesNotContain("href=\"#yaml\"");
    }

    @Test
    void anotherNameInTheTextEditsNothingElse() {
        pool("v4");
        var yaml =
                String.valueOf(open("/pools/v4/edit").form("/pools/v4/review").get("shown"));

        var review = reviewed("/pools/v4", "yaml", yaml.replace("name: v4", "name: v5"));

        assertThat(review.html()).contains("metadata.name").contains("the request &#39;v4&#39;");
    }

    @Test
    void whatOthersDidMeanwhileIsShownAndMerged() {
        pool("v4");
        var review = reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20");
        assertThat(edit("ippools/v4", "?force=true", spec -> spec.put("disable", true))
                        .status())
                .isEqualTo(200);

        var stale = send("/pools/v4/apply", review.form("/pools/v4/apply"));
        assertThat(stale).as(stale.location()).extracting(Shown::status).isEqualTo(200);
        assertThat(stale.html())
                .contains("The object was changed since this edit began")
                .contains("spec.disable");

        var merged = send("/pools/v4/rebase", stale.form("/pools/v4/rebase"));
        assertThat(merged.html()).contains("spec.excludeIPs").doesNotContain("changed since this edit began");
        assertThat(send("/pools/v4/apply", merged.form("/pools/v4/apply")).status())
                .isEqualTo(303);
        var spec = stored("spiderippools", "v4").path("spec");
        assertThat(spec.path("disable").asBoolean()).isTrue();
        assertThat(spec.path("excludeIPs").toString()).isEqualTo("[\"10.6.0.20\"]");
    }

    @Test
    void whoMayUseAPoolAndItsRoutesAreTypedInLines() {
        pool("v4");

        var review = send(
                "/pools/v4/review",
                with(
                        with(
                                open("/pools/v4/edit").form("/pools/v4/review"),
                                "field.spec.podAffinity",
                                "app=web\r\ntier in (a, b)"),
                        "field.spec.routes",
                        "172.16.0.0/12 via 10.6.0.9"));
        assertThat(send("/pools/v4/apply", review.form("/pools/v4/apply")).status())
                .isEqualTo(303);

        var spec = stored("spiderippools", "v4").path("spec");
        assertThat(spec.path("podAffinity").toString())
                .isEqualTo("{\"matchLabels\":{\"app\":\"web\"},\"matchExpressions\":"
                        + "[{\"key\":\"tier\",\"operator\":\"In\",\"values\":[\"a\",\"b\"]}]}");
        assertThat(spec.path("routes").toString()).isEqualTo("[{\"dst\":\"172.16.0.0/12\",\"gw\":\"10.6.0.9\"}]");
        var again = open("/pools/v4/edit");
        assertThat(again.html())
                .contains(">app=web\ntier in (a, b)</textarea>", ">172.16.0.0/12 via 10.6.0.9</textarea>");
        assertThat(send("/pools/v4/review", again.form("/pools/v4/review")).html())
                .contains("The object is already as you want it.");
    }

    @Test
    void whatIsNoSelectorAndNoRouteIsSaidAtItsField() {
        pool("v4");

        var html = send(
                        "/pools/v4/review",
                        with(
                                with(
                                        with(
                                                open("/pools/v4/edit").form("/pools/v4/review"),
                                                "field.spec.nodeAffinity",
                                                "zone is a"),
                                        "field.spec.namespaceAffinity",
                                        "{\"matchExpressions\": [{\"key\": \"a\", \"operator\": \"In\"}]}"),
                                "field.spec.routes",
                                "<b>"))
                .html();

        assertThat(html)
                .contains("the text &#39;zone is a&#39; is not an object")
                .containsPattern("href=\"[^\"]*#f\\d+\">spec.nodeAffinity")
                .containsPattern("href=\"[^\"]*#f\\d+\">spec.namespaceAffinity.matchExpressions\\[0].values</a>")
                .containsPattern("href=\"[^\"]*#f\\d+\">spec.routes\\[0]</a>")
                .doesNotContain("<b>");
    }

    /// What others excluded meanwhile stays excluded.
    @Test
    void aListThatOthersChangedTooHasWhatEitherAddedWithoutWhatEitherTook() {
        pool("v4");
        send(
                "/pools/v4/apply",
                reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.1.7\n10.6.1.8\n10.6.1.9")
                        .form("/pools/v4/apply"));
        var form = open("/pools/v4/edit").form("/pools/v4/review");
        send(
                "/pools/v4/apply",
                reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.1.7\n10.6.1.8\n10.6.1.3")
                        .form("/pools/v4/apply"));

        var stale = send("/pools/v4/review", with(form, "field.spec.excludeIPs", "10.6.1.8\n10.6.1.9\n10.6.1.4"));

        var together = "[\"10.6.1.8\",\"10.6.1.3\",\"10.6.1.4\"]";
        assertThat(stale.html()).contains("Put together", ">" + HtmlUtils.htmlEscape(together) + "</td>");
        var merged = send("/pools/v4/rebase", stale.form("/pools/v4/rebase"));
        send("/pools/v4/apply", merged.form("/pools/v4/apply"));
        assertThat(stored("spiderippools", "v4").path("spec").path("excludeIPs").toString())
                .isEqualTo(together);
    }

    @Test
    void aListThatSomebodyEmptiedKeepsWhatOthersAddedToIt() {
        pool("v4");
        send(
                "/pools/v4/apply",
                reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.1.7").form("/pools/v4/apply"));
        var form = open("/pools/v4/edit").form("/pools/v4/review");
        send(
                "/pools/v4/apply",
                reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.1.7\n10.6.1.3")
                        .form("/pools/v4/apply"));

        var stale = send("/pools/v4/review", with(form, "field.spec.excludeIPs", ""));
        var merged = send("/pools/v4/rebase", stale.form("/pools/v4/rebase"));
        send("/pools/v4/apply", merged.form("/pools/v4/apply"));

        assertThat(stored("spiderippools", "v4").path("spec").path("excludeIPs").toString())
                .isEqualTo("[\"10.6.1.3\"]");
    }

    /// Whatever happens to the write, what was typed can be sent again.
    private void keepsWhatWasTyped(Shown shown) {
        var back = send("/pools/v4/edit", shown.form("/pools/v4/edit"));
        assertThat(back.html()).contains("10.6.0.20");
    }

    @Test
    void aWebhooksRefusalLosesNothing() {
        pool("v4");
        var review = reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20");
        refuse(
                (_, _) -> Optional.of(
                        new Webhook.Refusal(
                                "freeze.example",
                                json(
                                        "{\"code\": 403, \"reason\": \"Forbidden\", \"message\": \"spec.excludeIPs: not on a Friday\"}"))));

        var refused = send("/pools/v4/apply", review.form("/pools/v4/apply"));

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.html()).contains("not on a Friday", "spec.excludeIPs");
        assertThat(stored("spiderippools", "v4").path("spec").has("excludeIPs")).isFalse();
        keepsWhatWasTyped(refused);
    }

    @Test
    void anApiThatIsAwayLosesNothing() {
        pool("v4");
        var review = reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20");
        var form = review.form("/pools/v4/apply");
        API.stop();
        Shown away;
        try {
            away = send("/pools/v4/apply", form);
        } finally {
            API.start();
        }

        assertThat(away.html()).contains("10.6.0.20");
        keepsWhatWasTyped(away);
        assertThat(send("/pools/v4/apply", form).status()).isEqualTo(303);
    }

    @Test
    void anAnswerThatIsLostIsLookedForAndSaid() {
        pool("v4");
        var notSent =
                reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20").form("/pools/v4/apply");
        API.lose();
        var before = send("/pools/v4/apply", notSent);
        API.breakOff();
        var after = send("/pools/v4/apply", notSent);

        var lost = before.status() == 303 ? open(before.location()) : before;
        assertThat(lost.html()).contains("not applied").contains("10.6.0.20");
        assertThat(after.status()).isEqualTo(303);
        assertThat(open(after.location()).html()).contains("applied");
        assertThat(stored("spiderippools", "v4").path("spec").path("excludeIPs").toString())
                .isEqualTo("[\"10.6.0.20\"]");
    }

    @Test
    void aPoolIsCreatedAndDeleted() {
        var form = open("/pools/new").form("/pools/new/review");
        var typed = with(
                with(with(form, "name", "fresh"), "field.spec.subnet", "10.8.0.0/24"),
                "field.spec.ips",
                "10.8.0.10-10.8.0.20");

        var review = send("/pools/new/review", typed);
        assertThat(review.html()).contains("10.8.0.10-10.8.0.20");
        assertThat(send("/pools/new/apply", review.form("/pools/new/apply")).status())
                .isEqualTo(303);
        assertThat(stored("spiderippools", "fresh").path("spec").path("subnet").asString())
                .isEqualTo("10.8.0.0/24");

        assertThat(open("/pools/fresh/edit").html())
                .contains("href=\"/pools/fresh/delete\">Delete SpiderIPPool fresh…");
        var deletion = open("/pools/fresh/delete");
        assertThat(deletion.html()).contains("Review: delete SpiderIPPool fresh");
        var unconfirmed = send("/pools/fresh/apply", with(deletion.form("/pools/fresh/apply"), "confirm", "<fresh"));
        assertThat(unconfirmed.status()).isEqualTo(200);
        assertThat(unconfirmed.html()).contains("That is not its name. Nothing was deleted.", "value=\"&lt;fresh\"");
        assertThat(API.find("spiderippools", "fresh")).isNotNull();
        var deleted = send("/pools/fresh/apply", with(unconfirmed.form("/pools/fresh/apply"), "confirm", " fresh "));
        assertThat(deleted.status()).isEqualTo(303);
        assertThat(open(deleted.location()).html()).contains("applied");
        assertThat(API.find("spiderippools", "fresh")).isNull();
    }

    @Test
    void aFieldSaysWhatHoldsAndWhatWouldHoldWereItEmpty() {
        pool("v4");

        assertThat(held("/pools/v4/edit", "spec.ipVersion")).contains("Left empty: 4 · by spec.subnet");
        assertThat(held("/pools/v4/edit", "spec.disable"))
                .isEqualTo("In effect: false · this object Left empty: false · built-in default");
        assertThat(held("/pools/new", "spec.default")).isEqualTo("Left empty: false · built-in default");
    }

    /// What a form says beneath a field.
    private String held(String path, String field) {
        var html = open(path).html();
        int start = html.indexOf("<span class=\"mono\">" + field + "</span>");
        assertThat(start).as(field).isPositive();
        int held = html.indexOf("<div class=\"held muted\"", start);
        return HtmlUtils.htmlUnescape(html.substring(html.indexOf('>', held) + 1, html.indexOf("<label", held))
                        .replaceAll("<[^>]*>", ""))
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Test
    void anObjectThatIsGoneKeepsWhatWasTyped() {
        pool("v4");
        var form = open("/pools/v4/edit").form("/pools/v4/review");
        API.unload("spiderippools", "v4");

        var review = send("/pools/v4/review", with(form, "field.spec.excludeIPs", "10.6.0.33"));

        assertThat(review.html()).contains("There is no SpiderIPPool v4").contains("10.6.0.33");
        assertThat(open("/pools/v4/edit").status()).isEqualTo(404);
    }
}
