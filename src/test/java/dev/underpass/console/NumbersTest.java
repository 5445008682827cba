package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Counts in tables are written like those in sentences: with their thousands apart.
class NumbersTest {

    private static final Pattern NUMBER = Pattern.compile("class=\"number\"[^>]*?th:text=\"(\\$\\{[^\"]*)\"");

    /// What is measured and not counted.
    private static final List<String> OTHERS = List.of("answer.rttMicros()", "answer.attempts()");

    @Test
    void everyNumberOfATableHasItsThousandsApart() throws IOException {
        try (var templates = Files.list(Path.of("src/main/resources/templates"))) {
            var numbers = templates.flatMap(NumbersTest::numbers).toList();

            assertThat(numbers).hasSizeGreaterThan(20).allMatch(number -> number.contains("frame.number("));
        }
    }

    private static Stream<String> numbers(Path template) {
        try {
            return NUMBER
                    .matcher(Files.readString(template))
                    .results()
                    .map(match -> match.group(1))
                    .filter(number -> OTHERS.stream().noneMatch(number::contains))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
