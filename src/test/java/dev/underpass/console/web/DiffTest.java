package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is different between two objects, and between two texts.
class DiffTest {

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'a': 1}              | {'a': 2}              | a 1>2
            {'a': {'b': 'x'}}     | {'a': {}}             | a.b x>
            {}                    | {'a': {'b': 'x'}}     | a.b >x
            {'a': ['x', 'y']}     | {'a': ['y', 'z']}     | a -x +z
            {'a': ['x', 'y']}     | {'a': ['y', 'x']}     | a [x, y]>[y, x]
            {'a': ['x', 'x']}     | {'a': ['x']}          | a -x
            {'a': ['x']}          | {}                    | a ["x"]>
            {'a': 1}              | {'a': 1}              | ``
            """)
    void tellsWhichFieldsDiffer(String before, String after, String expected) {
        var fields = ObjectDiff.fields(json(before), json(after));

        assertThat(fields.stream().map(DiffTest::line).collect(Collectors.joining("; ")))
                .isEqualTo(expected);
    }

    private static String line(ObjectDiff.Field field) {
        if (!field.list()) {
            return "%s %s>%s".formatted(field.field(), field.before(), field.after());
        }
        var removed = field.removed().stream().map(each -> " -" + each).collect(Collectors.joining());
        var added = field.added().stream().map(each -> " +" + each).collect(Collectors.joining());
        return field.field() + removed + added;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a b c  | a x c    | ' a,- b,+ x, c'
            a b c  | b c d    | '- a, b, c,+ d'
            a a b  | a b      | ' a,- a, b'
            a      | a        | ' a'
            """)
    void showsTheFewestLines(String before, String after, String expected) {
        var lines = TextDiff.of(List.of(before.split(" ")), List.of(after.split(" ")));

        assertThat("'"
                        + lines.stream()
                                .map(line -> (line.sign() == ' ' ? " " : line.sign() + " ") + line.text())
                                .collect(Collectors.joining(","))
                        + "'")
                .isEqualTo(expected);
    }

    @Test
    void tellsOfAnObjectThatCameOrWent() {
        assertThat(ObjectDiff.fields(null, json("{'a': 'x'}"))).singleElement().satisfies(field -> {
            assertThat(field.after()).isEqualTo("x");
            assertThat(field.before()).isEmpty();
        });
        assertThat(ObjectDiff.fields(json("{'a': 'x'}"), null)).hasSize(1);
    }
}
