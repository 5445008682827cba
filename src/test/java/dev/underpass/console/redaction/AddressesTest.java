package dev.underpass.console.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AddressesTest {

    private static final byte[] KEY = {1, 2, 3};

    static Stream<Long> seeds() {
        return IntStream.range(0, 20).mapToObj(Long::valueOf);
    }

    private static IpAddress address(Random random, Family family) {
        return family == Family.IPV4
                ? new IpAddress(family, (random.nextInt(0x0100_0000, 0x7f00_0000) & 0xffff_ffffL) << 32, 0)
                : new IpAddress(family, 0x2000_0000_0000_0000L | (random.nextLong() >>> 3), random.nextLong());
    }

    /// An address that has some leading bits in common with another one.
    private static IpAddress beside(Random random, IpAddress address) {
        int common = random.nextInt(address.family().bits());
        var other = address(random, address.family());
        var head = address.masked(common);
        var tail = other.masked(common);
        return new IpAddress(
                address.family(), head.high() | (other.high() ^ tail.high()), head.low() | (other.low() ^ tail.low()));
    }

    private static int common(IpAddress a, IpAddress b) {
        return new AddressRange(a, b).common();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsWhatTwoAddressesHaveInCommonAndNoMore(long seed) {
        var random = new Random(seed);
        var addresses = new Addresses(new byte[] {(byte) seed}, List.of());
        for (int i = 0; i < 200; i++) {
            var one = address(random, i % 2 == 0 ? Family.IPV4 : Family.IPV6);
            var other = beside(random, one);

            assertThat(common(addresses.of(one), addresses.of(other))).isEqualTo(common(one, other));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsRangesRanges(long seed) {
        var random = new Random(seed);
        int start = (10 << 24) + random.nextInt(1 << 16);
        var range = new AddressRange(four(start), four(start + random.nextInt(500)));
        var addresses = new Addresses(new byte[] {(byte) seed}, List.of(range));
        int first = number(addresses.of(range.first()));
        int last = number(addresses.of(range.last()));

        var within = new HashSet<Integer>();
        for (int i = number(range.first()); i <= number(range.last()); i++) {
            within.add(number(addresses.of(four(i))));
        }

        assertThat(within)
                .hasSize(last - first + 1)
                .allSatisfy(each -> assertThat(each).isBetween(first, last));
    }

    private static IpAddress four(int bits) {
        return new IpAddress(Family.IPV4, (bits & 0xffff_ffffL) << 32, 0);
    }

    private static int number(IpAddress address) {
        return (int) (address.high() >>> 32);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0.0.0.0,         0.0.0.0/32
            127.0.0.1,       127.0.0.1/32
            169.254.1.1,     169.254.1.1/32
            224.0.0.1,       224.0.0.1/32
            255.255.252.0,   255.255.252.0/32
            ::,              ::/128
            ::1,             ::1/128
            ff02::1,         ff02::1/128
            fe80::ecee:eeff:feee:eeee, fe80::ecee:eeff:feee:eeee/128
            fe80::1,         fe80::/64
            10.6.212.241,    10.0.0.0/8
            172.20.1.1,      172.16.0.0/12
            192.168.7.9,     192.168.0.0/16
            100.64.9.9,      100.64.0.0/10
            fd00:10:6::101,  fd00::/8
            2001:db8::1,     2000::/3
            """)
    void keepsEachAddressInItsClass(String address, String range) {
        var addresses = new Addresses(KEY, List.of());

        assertThat(IpPrefix.parse(range).contains(addresses.of(IpAddress.parse(address))))
                .isTrue();
    }

    @Test
    void takesNoOrdinaryAddressIntoAClassOfItsOwn() {
        var addresses = new Addresses(KEY, List.of());
        var random = new Random(7);
        var images = new ArrayList<IpAddress>();
        for (int i = 0; i < 5_000; i++) {
            images.add(addresses.of(four(random.nextInt(0x1000_0000, 0x6000_0000))));
        }

        assertThat(images).noneMatch(Addresses::isSpecial);
        assertThat(images).noneMatch(IpPrefix.parse("10.0.0.0/8")::contains);
    }

    @Test
    void mapsAPrefixToThatOfItsAddresses() {
        var addresses = new Addresses(KEY, List.of());
        var prefix = IpPrefix.parse("10.233.64.0/18");

        assertThat(addresses.of(prefix).contains(addresses.of(IpAddress.parse("10.233.84.140"))))
                .isTrue();
        assertThat(addresses.of(prefix).contains(addresses.of(IpAddress.parse("10.233.128.1"))))
                .isFalse();
    }
}
