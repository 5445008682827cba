package dev.underpass.diagnosis.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AddressRangesTest {

    private static AddressRanges ranges(String text) {
        return AddressRanges.parse(Arrays.asList(text.split(" ", -1)));
    }

    @ParameterizedTest(name = "{0} are {1}, {2} addresses")
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.5-192.0.2.9 192.0.2.1-192.0.2.4       | 192.0.2.1-192.0.2.9              | 9
            192.0.2.1-192.0.2.9 192.0.2.3 192.0.2.11      | 192.0.2.1-192.0.2.9, 192.0.2.11  | 10
            255.255.255.255 0.0.0.0                       | 0.0.0.0, 255.255.255.255         | 2
            2001:db8::ffff 2001:db8::1:0 192.0.2.1        | 192.0.2.1, 2001:db8::ffff-2001:db8::1:0 | 3
            ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff    | ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 340282366920938463463374607431768211456
            """)
    void joinsWhatTouches(String texts, String joined, String size) {
        assertThat(ranges(texts)).hasToString(joined);
        assertThat(ranges(texts).size()).hasToString(size);
    }

    @ParameterizedTest(name = "{0} and {1}: both {2}, the first only {3}")
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.1-192.0.2.9             | 192.0.2.3-192.0.2.4 192.0.2.8-192.0.2.20 | 192.0.2.3-192.0.2.4, 192.0.2.8-192.0.2.9 | 192.0.2.1-192.0.2.2, 192.0.2.5-192.0.2.7
            192.0.2.1 192.0.2.3 192.0.2.5   | 192.0.2.2-192.0.2.4                      | 192.0.2.3                                | 192.0.2.1, 192.0.2.5
            0.0.0.0-255.255.255.255         | 0.0.0.0 255.255.255.255                  | 0.0.0.0, 255.255.255.255                 | 0.0.0.1-255.255.255.254
            192.0.2.1                       | 2001:db8::1                              | ''                                       | 192.0.2.1
            2001:db8::-2001:db8::2:0        | 2001:db8::1-2001:db8::1:0                | 2001:db8::1-2001:db8::1:0                | 2001:db8::, 2001:db8::1:1-2001:db8::2:0
            """)
    void takesApartAndTogether(String one, String other, String both, String firstOnly) {
        assertThat(ranges(one).intersection(ranges(other))).hasToString(both);
        assertThat(ranges(other).intersection(ranges(one))).hasToString(both);
        assertThat(ranges(one).minus(ranges(other))).hasToString(firstOnly);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.0/24       | 192.0.2.0-192.0.2.255
            192.0.2.7/32       | 192.0.2.7
            0.0.0.0/0          | 0.0.0.0-255.255.255.255
            2001:db8::/32      | 2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
            2001:db8::/96      | 2001:db8::-2001:db8::ffff:ffff
            2001:db8::1/128    | 2001:db8::1
            """)
    void aPrefixIsARange(String prefix, String range) {
        assertThat(AddressRange.of(IpPrefix.parse(prefix))).hasToString(range);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.9-192.0.2.1      | reversed: write 192.0.2.1-192.0.2.9
            192.0.2.1-2001:db8::1    | different families
            192.0.2.0/30             | write 192.0.2.0-192.0.2.3
            192.0.2.1-192.0.2.2-     | write one address
            192.0.2.1 -192.0.2.2     | without spaces
            ''                       | ''
            -                        | ''
            """)
    void refusesWhatIsNoRange(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageContaining(reason);
    }

    /// Two sets of addresses of 192.0.2.0/24, the same on every run.
    static Stream<List<AddressRanges>> randomSets() {
        var random = new Random(5737);
        return Stream.generate(() -> List.of(random(random), random(random))).limit(100);
    }

    private static AddressRanges random(Random random) {
        return AddressRanges.of(IntStream.range(0, random.nextInt(8))
                .mapToObj(_ -> {
                    int first = random.nextInt(256);
                    return new AddressRange(address(first), address(first + random.nextInt(256 - first)));
                })
                .toList());
    }

    private static IpAddress address(int last) {
        return IpAddress.parse("192.0.2." + last);
    }

    @ParameterizedTest
    @MethodSource("randomSets")
    void agreesWithAddressesOneByOne(List<AddressRanges> sets) {
        var one = sets.getFirst();
        var other = sets.getLast();

        for (int i = 0; i < 256; i++) {
            boolean in = one.contains(address(i));
            boolean inOther = other.contains(address(i));
            assertThat(one.intersection(other).contains(address(i))).isEqualTo(in && inOther);
            assertThat(one.minus(other).contains(address(i))).isEqualTo(in && !inOther);
        }
    }
}
