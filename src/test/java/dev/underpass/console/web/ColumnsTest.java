package dev.underpass.console.web;

import static dev.underpass.console.web.Columns.Column.falling;
import static dev.underpass.console.web.Columns.Column.rising;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.underpass.console.Filtered;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Meaning;
import dev.underpass.console.Vocabulary;
import dev.underpass.console.edit.Outcome;
import dev.underpass.console.web.Columns.Column;
import dev.underpass.diagnosis.edit.AddressRange;
import dev.underpass.net.IpAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {

    /// Something in a list.
    private record Thing(
            String name, @Nullable Integer size, @Nullable IpAddress ip) {}

    private static final Columns<Thing> COLUMNS = new Columns<>(
            "/things",
            "name",
            List.of(
                    rising("name", Thing::name),
                    falling("size", Thing::size),
                    new Column<>("ip", Thing::ip, AddressRange.ORDER, false)));

    private static final Vocabulary<Thing> VOCABULARY =
            new Vocabulary<>(Meaning.part(thing -> Stream.of(thing.name())), Map.of());

    private static final List<Thing> THINGS = List.of(
            new Thing("e", 9, IpAddress.parse("fd00::9")),
            new Thing("d", 10, IpAddress.parse("10.6.0.10")),
            new Thing("a", null, IpAddress.parse("fd00::10")),
            new Thing("c", 100, null),
            new Thing("b", 9, IpAddress.parse("192.0.2.1")),
            new Thing("f", -1, IpAddress.parse("10.6.0.9")));

    private static Listing<Thing> sorted(String sort) {
        return COLUMNS.page(Filtered.of(VOCABULARY, "", THINGS), sort, 1);
    }

    private static String names(Listing<Thing> listing) {
        return String.join("", listing.rows().items().stream().map(Thing::name).toList());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''      | abcdef
            name    | abcdef
            ' name '| abcdef
            -name   | fedcba
            size    | cdbefa
            -size   | fbedca
            ip      | fdbeac
            -ip     | aebdfc
            """)
    void sortsByValueAndLeavesWhatHasNoneLast(String sort, String names) {
        assertThat(names(sorted(sort))).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>", "name,size", "--name", "-", "NAME", "ports"})
    void refusesAColumnThatThereIsNot(String sort) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> sorted(sort))
                .withMessage("'%s' is not one of ip, name, size", sort)
                .satisfies(e -> assertThat(e.field()).isEqualTo("sort"));
    }

    @Test
    void sortsAllOfTheListBeforeItIsCutIntoPages() {
        var many = IntStream.rangeClosed(1, 120)
                .mapToObj(i -> new Thing("thing-%03d".formatted(i), i, null))
                .toList();

        var listing = COLUMNS.page(Filtered.of(VOCABULARY, "-thing-120", many), "size", 2);

        assertThat(listing.rows().items().getFirst().size()).isEqualTo(69);
        assertThat(List.of(
                        listing.rows().number(),
                        listing.rows().pages(),
                        listing.rows().total()))
                .containsExactly(2, 3, 119);
    }

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
    @CsvSource(textBlock = """
            '',    ascending,  ,           /things?sort=-name, /things?sort=size,  /things
            name,  ascending,  ,           /things?sort=-name, /things?sort=size,  /things
            -name, descending, ,           /things,            /things?sort=size,  /things?sort=-name
            size,  ,           descending, /things,            /things?sort=-size, /things?sort=size
            -size, ,           ascending,  /things,            /things?sort=size,  /things?sort=-size
            """)
    void eachHeadSaysTheOrderAndLeadsToTheOther(
            String sort, @Nullable String name, @Nullable String size, String byName, String bySize, String self) {
        var address = sorted(sort).address();

        assertThat(address.sorted("name")).isEqualTo(name);
        assertThat(address.sorted("size")).isEqualTo(size);
        assertThat(address.by("name")).isEqualTo(byName);
        assertThat(address.by("size")).isEqualTo(bySize);
        assertThat(address.href()).isEqualTo(self);
    }

    @Test
    void anAddressKeepsTheQueryAsItWasTyped() {
        var address = COLUMNS.page(Filtered.of(VOCABULARY, "a&sort=x {q} 50%", THINGS), "size", 1)
                .address();

        assertThat(address.by("ip")).isEqualTo("/things?q=a%26sort%3Dx%20%7Bq%7D%2050%25&sort=ip");
        assertThat(address.query("b")).isEqualTo("/things?q=b&sort=size");
        assertThat(address.unusual()).isEqualTo("size");
        assertThat(sorted("").address().unusual()).isNull();
    }

    private static ChangeRow change(int second, String name, @Nullable String who, @Nullable Outcome outcome) {
        var at = Instant.parse("2026-11-28T12:00:00Z").plusSeconds(second);
        return new ChangeRow(name, at, "SpiderIPPool", name, "edited", who, outcome, List.of());
    }

    /// Of three changes: `c` is the newest, nobody did `b`, and it is not known who did `a`.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"'', cba", "-at, abc", "object, abc", "who, cba", "-who, cba", "result, bca", "-result, cba"})
    void changesStandByWhatTheirRowsSay(String sort, String order) {
        var changes = List.of(
                change(3, "c", "ada", Outcome.REFUSED),
                change(2, "b", "", Outcome.APPLIED),
                change(1, "a", null, null));

        var listing = ListColumns.CHANGES.page(Filtered.of(ListWords.CHANGES, "", changes), sort, 1);

        assertThat(String.join(
                        "", listing.rows().items().stream().map(ChangeRow::name).toList()))
                .isEqualTo(order);
    }

    @Test
    void rowsThatComeInTheUsualOrderAreNotSortedOnceMore() {
        var asked = new AtomicInteger();
        var columns = new Columns<Thing>(
                "/things",
                "name",
                true,
                List.of(
                        rising("name", thing -> {
                            asked.incrementAndGet();
                            return thing.name();
                        }),
                        falling("size", Thing::size)));
        var things = THINGS.stream().sorted(Comparator.comparing(Thing::name)).toList();
        var list = Filtered.of(VOCABULARY, "", things);

        var names = Stream.of("", "size", "-size")
                .map(sort -> names(columns.page(list, sort, 1)))
                .toList();

        assertThat(names).containsExactly("abcdef", "cdbefa", "fbedca");
        assertThat(asked).hasValue(0);
        assertThat(names(columns.page(list, "-name", 1))).isEqualTo("fedcba");
        assertThat(asked).hasValue(THINGS.size());
    }
}
