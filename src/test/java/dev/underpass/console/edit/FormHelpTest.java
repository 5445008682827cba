package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A form explains its fields, tells all that is wrong with it at once, and leads to each and out of it.
class FormHelpTest extends EditingPages {

    private static final Pattern INPUT =
            Pattern.compile("<(?:input|select|textarea)[^>]* name=\"((?:field\\.|name|namespace)[^\"]*)\"[^>]*>");

    @ParameterizedTest
    @ValueSource(strings = {"/coordinator/new", "/pools/new", "/networks/new", "/reservedips/new"})
    void everyFieldIsExplainedByASentenceThatIsBoundToIt(String path) {
        var html = open(path).html();

        var inputs = INPUT.matcher(html).results().toList();
        assertThat(inputs).hasSizeGreaterThan(2);
        for (var input : inputs) {
            var described = Pattern.compile("aria-describedby=\"([^\"]*)\"").matcher(input.group());
            assertThat(described.find()).as(input.group()).isTrue();
            var help = Stream.of(described.group(1).split(" ", -1))
                    .filter(id -> id.endsWith("-help"))
                    .findFirst()
                    .orElseThrow();
            assertThat(html).as(input.group(1)).containsPattern("id=\"" + help + "\">[^<?]{20,}[.。]");
        }
    }

    @Test
    void whatAReviewSaysLeadsToTheFieldInTheForm() {
        pool("v4");

        var review = reviewed("/pools/v4", "field.spec.gateway", "10.99.0.1");

        var link = Pattern.compile("<a class=\"mono\" href=\"([^\"#]*)(#f\\d+)\">spec.gateway</a>")
                .matcher(review.html());
        assertThat(link.find()).as(review.html()).isTrue();
        var form = open(link.group(1).replace("&amp;", "&")).html();
        assertThat(form)
                .contains("href=\"" + link.group(2) + "\">spec.gateway</a>", "value=\"10.99.0.1\"")
                .containsPattern("id=\"" + link.group(2).substring(1) + "\" name=\"field.spec.gateway\"[^>]*invalid");
    }

    @Test
    void allThatIsTornAndAllThatIsWrongBesideItIsToldAtOnce() {
        pool("v4");
        var form = open("/pools/v4/edit").form("/pools/v4/review");
        var yaml = String.valueOf(form.get("shown")).replace("spec:", "spec:\n  excludeIPs: [10.6.0.30]");
        var typed = with(
                with(form, "field.spec.excludeIPs", "10.6.0.20"),
                "yaml",
                yaml.replace("disable: false", "disable: true"));
        var torn = with(with(typed, "field.spec.disable", "maybe"), "field.spec.gateway", "10.99.0.1");

        var html = send("/pools/v4/review", torn).html();

        assertThat(links(html)).containsExactlyInAnyOrder("spec.excludeIPs", "spec.disable", "spec.gateway");
    }

    @Test
    void aNameThatIsNoneHidesNothingElse() {
        var form = open("/networks/new").form("/networks/new/review");
        var typed = with(with(form, "name", "N\u202e<b>"), "field.spec.coordinator.podMACPrefix", "<script>");

        var html = send("/networks/new/review", typed).html();

        assertThat(links(html)).containsExactlyInAnyOrder("namespace", "name", "spec.coordinator.podMACPrefix");
        assertThat(html).doesNotContain("<script>&", "<b>", "unnamed");
    }

    @Test
    void aPageListsWhatIsWrongOnceAndWhoIsStillAtTheFormBesideIt() {
        pool("v4");
        var form = with(open("/pools/v4/edit").form("/pools/v4/review"), "field.spec.gateway", "10.99.0.1");

        var page = send("/pools/v4/edit", with(form, "told", "true")).html();
        var checked = send("/pools/v4/check", form).html();

        assertThat(links(page)).containsExactly("spec.gateway");
        assertThat(beside(page)).contains("One thing is wrong.").doesNotContain("<li>");
        assertThat(beside(checked)).contains("One thing is wrong.", ">spec.gateway</a>");
    }

    private static String beside(String html) {
        int impact = html.indexOf("<aside id=\"impact\"");
        return html.substring(impact, html.indexOf("</aside>", impact));
    }

    /// Where the summary at the top of a form leads.
    private static List<String> links(String html) {
        int summary = html.indexOf("id=\"edit-error\"");
        return Pattern.compile("<li><a class=\"mono\" href=\"#[^\"]+\">([^<]*)</a>")
                .matcher(html.substring(summary, html.indexOf("</section>", summary)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /pools/v4/edit, /pools/v4
            /pools/v4/delete, /pools/v4
            /pools/new, /pools
            /coordinator/new, /coordinator
            /reservedips/new, /reservedips
            /networks/new, /networks
            """)
    void cancelLeadsToWhereTheObjectIsShown(String form, String home) {
        pool("v4");

        assertThat(open(form).html()).contains("<a class=\"button\" href=\"" + home + "\">Cancel</a>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "a\r\nb: c", "\u202eevil", "\u0000"})
    void whateverIsTypedIsShownAsItIsAndMakesNoMarkup(String text) {
        pool("v4");
        var fields = Map.of("field.spec.gateway", text, "field.spec.multusName", text + "x".repeat(253));
        var form = open("/pools/v4/edit").form("/pools/v4/review");
        for (var field : fields.entrySet()) {
            form = with(form, field.getKey(), field.getValue());
        }

        var html = send("/pools/v4/review", form).html();

        assertThat(html).contains("spec.gateway</a>", "x".repeat(253)).doesNotContain("<script>alert");
    }
}
