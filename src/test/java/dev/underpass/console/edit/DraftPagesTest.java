package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Edits on their way have addresses: they are there again, for whoever comes to them, until they are applied.
class DraftPagesTest extends EditingPages {

    @Test
    void aReviewIsThereAgainUntilItIsApplied() {
        pool("v4");

        var review = reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20");

        assertThat(review.location()).matches("/changes/draft/[0-9a-f-]{36}");
        assertThat(review.html()).contains("Kept as a draft by loopback at");
        assertThat(open(review.location()).html()).contains("spec.excludeIPs", "10.6.0.20", "Apply</button>");
        assertThat(open("/changes").html()).contains("href=\"" + review.location() + "\"><bdi>SpiderIPPool v4</bdi>");

        var applied = send("/pools/v4/apply", review.form("/pools/v4/apply"));
        assertThat(applied.location()).matches("/changes/[0-9a-f-]{36}");
        assertThat(open(review.location()).status()).isEqualTo(404);
        assertThat(open(review.location()).html()).contains("it was applied or discarded, or it is forgotten");
        assertThat(open("/changes").html()).doesNotContain(review.location());
    }

    @Test
    void whatIsReviewedAgainStaysTheSameDraft() {
        pool("v4");
        var first = reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20");

        var form = send("/pools/v4/edit", first.form("/pools/v4/edit"));
        assertThat(form.location()).isEqualTo(first.location() + "/edit");
        var second =
                send("/pools/v4/review", with(form.form("/pools/v4/review"), "field.spec.excludeIPs", "10.6.0.21"));

        assertThat(second.location()).isEqualTo(first.location());
        assertThat(open(first.location()).html()).contains("10.6.0.21").doesNotContain("10.6.0.20<");
        assertThat(first.form("/pools/v4/apply").get("yaml"))
                .as("a page that shows the older one applies what it shows")
                .contains("10.6.0.20");
    }

    @Test
    void aDraftIsSavedAsItIsAndGoneOnWith() {
        pool("v4");
        var form = open("/pools/v4/edit").form("/pools/v4/review");

        var saved = send("/pools/v4/edit", with(form, "yaml", "spec: [<script>"));

        assertThat(saved.location()).endsWith("/edit");
        assertThat(open(saved.location()).html())
                .contains("spec: [&lt;script&gt;")
                .doesNotContain("[<script>");
        var review = open(saved.location().replace("/edit", ""));
        assertThat(review.status()).isEqualTo(200);
        assertThat(review.html()).contains("This cannot be applied", "not YAML", "spec: [&lt;script&gt;");
    }

    @Test
    void whatTheReviewToldOfFieldsIsSaidBesideThemWhereverTheFormIsOpened() {
        pool("v4");
        var review = reviewed("/pools/v4", "field.spec.gateway", "10.99.0.1");

        var form = send("/pools/v4/edit", review.form("/pools/v4/edit"));

        assertThat(form.location()).endsWith("/edit?told=true");
        assertThat(open(form.location()).html()).contains("This cannot be applied", "aria-invalid=\"true\"");
        assertThat(open(review.location() + "/edit").html()).doesNotContain("aria-invalid=\"true\"");
    }

    @Test
    void aDraftIsDiscarded() {
        pool("v4");
        var review = reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20");

        var gone = send(review.location() + "/discard", Map.of());

        assertThat(gone.location()).isEqualTo("/changes");
        assertThat(open(review.location()).status()).isEqualTo(404);
        assertThat(send(review.location() + "/discard", Map.of()).status()).isEqualTo(303);
        var typed = review.form("/pools/v4/apply");
        assertThat(send("/pools/v4/review", typed).html())
                .as("the page that shows it still has what was typed")
                .contains("10.6.0.20");
    }

    @Test
    void aDraftThatSomebodyElseChangedTheObjectOfSaysSo() {
        pool("v4");
        var review = reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20");
        assertThat(edit("ippools/v4", "?force=true", spec -> spec.put("disable", true))
                        .status())
                .isEqualTo(200);

        assertThat(open(review.location()).html())
                .contains("The object was changed since this edit began", "spec.disable");
    }

    @Test
    void oneThatIsNotWrittenStays() {
        pool("v4");
        var review = reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20");
        API.lose();

        send("/pools/v4/apply", review.form("/pools/v4/apply"));

        assertThat(open(review.location()).html()).contains("10.6.0.20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/changes/draft/none",
                "/changes/draft/%3Cscript%3E/edit",
                "/changes/draft/%E2%80%AEx",
                "/changes/draft/a%0Ab/edit?told=true"
            })
    void whatIsNoDraftIsSaid(String path) {
        assertThat(open(path).status()).isEqualTo(404);
        assertThat(open(path).html()).contains("There is no draft").doesNotContain("<script>");
    }
}
