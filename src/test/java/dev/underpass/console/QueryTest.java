package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.underpass.net.IpAddress;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The language of the query bars, over a list of three things.
class QueryTest {

    /// A thing of a list.
    private record Thing(
            String name,
            String address,
            String colour,
            int size,
            @Nullable Integer seconds) {}

    private static final List<Thing> THINGS = List.of(
            new Thing("a/one", "10.6.0.1", "red", 10, 30),
            new Thing("a/two", "10.7.0.1", "dark-blue", 20, 3_700),
            new Thing("b/one", "fd00::1", "red", 30, null));

    private static final Vocabulary<Thing> VOCABULARY = new Vocabulary<>(
            Meaning.part(thing -> Stream.of(thing.name(), thing.address())),
            Map.of(
                    "ns", Meaning.name(thing -> Stream.of(thing.name().split("/", 2)[0])),
                    "colour", Meaning.word(List.of("red", "dark-blue"), thing -> Stream.of(thing.colour())),
                    "ip", Meaning.address(thing -> Stream.of(IpAddress.parse(thing.address()))),
                    "label", Meaning.label(thing -> Map.of("size", Integer.toString(thing.size()))),
                    "size", Meaning.number(thing -> Optional.of(BigDecimal.valueOf(thing.size()))),
                    "age",
                            Meaning.age(thing ->
                                    Optional.ofNullable(thing.seconds()).map(Duration::ofSeconds))));

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                    | a/one a/two b/one
            one                   | a/one b/one
            ONE -ns:b             | a/one
            ns:a                  | a/one a/two
            ns:A                  | ''
            colour:RED            | a/one b/one
            -colour:red           | a/two
            ip:10.6               | a/one
            ip:10.0.0.0/8         | a/one a/two
            ip:fd00::/16          | b/one
            fd00::1               | b/one
            label:size            | a/one a/two b/one
            label:size=20         | a/two
            size:>10              | a/two b/one
            size:<20.5            | a/one a/two
            age:>1h               | a/two
            age:<1m               | a/one
            -age:>1h              | a/one b/one
            """)
    void everyWordMustHold(String query, String names) {
        var found = Query.parse(VOCABULARY, query).among(THINGS);

        assertThat(String.join(" ", found.stream().map(Thing::name).toList())).isEqualTo(names);
    }

    @ParameterizedTest(name = "{0}: {2} at {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ns:a foo:bar x   | 5 | foo:bar    | KEY   | age:, colour:, ip:, label:, ns:, size:
            -foo:bar         | 0 | -foo:bar   | KEY   | age:, colour:, ip:, label:, ns:, size:
            one  colour:     | 5 | colour:    | EMPTY | red, dark-blue
            colour:green     | 0 | colour:green | VALUE | red, dark-blue
            ip:10.6.0.1/8    | 0 | ip:10.6.0.1/8 | VALUE | 10.6.212, 10.6.0.0/16, fd00::/64
            size:>10m        | 0 | size:>10m  | VALUE | >80, <10.5
            size:10          | 0 | size:10    | VALUE | >80, <10.5
            age:>10          | 0 | age:>10    | VALUE | >10m, <90s
            """)
    void whatIsNotUnderstoodIsToldAtItsWord(String query, int start, String word, String why, String known) {
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> Query.parse(VOCABULARY, query))
                .satisfies(e -> assertThat(List.of(e.start(), e.word(), e.why().name(), e.known()))
                        .containsExactly(start, word, why, known));
    }

    @Test
    void aWordIsTakenOutAlsoWhereItStandsTwice() {
        var query = Query.parse(VOCABULARY, "one ns:a  one");

        assertThat(query.tokens()).hasSize(2);
        assertThat(query.without(query.tokens().getFirst())).isEqualTo("ns:a");
        assertThat(query.without(query.tokens().getLast())).isEqualTo("one");
    }

    @Test
    void aListShowsAllAndTheWordWhereTheQueryIsNotUnderstood() {
        var list = Filtered.of(VOCABULARY, "ns:a foo:bar one", THINGS);

        assertThat(list.found()).isEqualTo(THINGS);
        assertThat(list.problems())
                .containsExactly(new Filtered.Problem(
                        "ns:a ", "foo:bar", " one", "KEY", "age:, colour:, ip:, label:, ns:, size:"));
    }

    @Test
    void aListKnowsWhenItHidesAll() {
        assertThat(Filtered.of(VOCABULARY, "nobody", THINGS).hidesAll()).isTrue();
        assertThat(Filtered.of(VOCABULARY, "nobody", List.<Thing>of()).hidesAll())
                .isFalse();
        assertThat(Filtered.of(VOCABULARY, "one", THINGS).hidesAll()).isFalse();
    }
}
