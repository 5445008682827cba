package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Mistakes that a browser, htmx or the security policy passes over in silence, looked for in the templates. What only
/// a
/// running console shows is in ConsoleTest (`Vary`), EventsTest (the stream), OpenConsoleTest (the forms' tokens) and
/// BrowserTest (the policy, parts of drawings).
class TrapsTest {

    private static List<String> found(String pattern) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.list(Path.of("src/main/resources/templates"))) {
            for (var file : files.sorted().toList()) {
                Pattern.compile(pattern, Pattern.DOTALL)
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(match -> found.add(file.getFileName() + ": " + match.group()));
            }
        }
        return found;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            an event filter is evaluated as script       ~ hx-trigger="[^"]*\\[
            an attribute is evaluated as script          ~ [\\s"](?:hx-on|on[a-z]+)[:=][^>]*|"js:[^"]*
            a style attribute is blocked                 ~ (?<![\\w-])(?:th:)?style=
            an inline script or style is blocked         ~ <script(?![^>]*src)[^>]*>|<style
            htmx does not swap events that have a name   ~ hx-sse|sse-swap|sse-connect
            an SVG part without a root is parsed as HTML ~ <(?:g|rect|path|circle|text)\\b[^>]*data-live
            a part of htmx is parsed as HTML             ~ <hx-partial[^>]*>\\s*<(?:g|rect|path|circle|text)\\b
            a form without th:action has no token        ~ <form(?=[^>]*method="post")(?![^>]*th:action)[^>]*>
            attributes of htmx are not inherited         ~ \\bhx-(?:target|swap|select|include|confirm)=
            """)
    void noTemplateFallsIntoIt(String trap, String pattern) throws IOException {
        assertThat(found(pattern)).as(trap).isEmpty();
    }

    @Test
    void everyRowThatIsPatchedHasAnIdOfItsOwn() throws IOException {
        var lists = found("data-live-rows>.{0,400}");

        assertThat(lists)
                .isNotEmpty()
                .allSatisfy(list -> assertThat(list).containsPattern("th:id=|~\\{parts :: finding\\("));
        assertThat(found("<article th:fragment=\"finding\\(finding\\)\"[^>]*th:id="))
                .hasSize(1);
    }

    /// Morphing a thousand rows takes as long as a frame of a film.
    @Test
    void pagesOfListsAreShort() throws IOException {
        var paging = Files.readString(Path.of("src/main/java/dev/underpass/console/web/Paging.java"));

        assertThat(Pattern.compile("SIZE = (\\d+);").matcher(paging).results().map(match -> match.group(1)))
                .allSatisfy(size -> assertThat(Integer.parseInt(size)).isLessThanOrEqualTo(100))
                .hasSize(1);
    }
}
