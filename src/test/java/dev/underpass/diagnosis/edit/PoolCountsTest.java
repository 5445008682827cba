package dev.underpass.diagnosis.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How full pools are.
class PoolCountsTest {

    static List<String> recordings() {
        return Recordings.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void countsWhatSpiderpoolCounts(String name) {
        var now = Recordings.read(name);

        var counts = PoolCounts.of(now);

        assertThat(counts).hasSameSizeAs(now.spiderpool().ipPools());
        for (var pool : now.spiderpool().ipPools()) {
            var count = Objects.requireNonNull(counts.get(pool.name()));
            assertThat(count.endpoints().longValueExact())
                    .isEqualTo(Allocations.of(now).from(pool.name()).stream()
                            .map(Allocations.Given::address)
                            .distinct()
                            .count());
            if (pool.totalIpCount() > 0) {
                assertThat(count.total()).isEqualTo(pool.totalIpCount());
                assertThat(count.allocated()).isEqualTo(pool.allocatedIpCount());
            }
            assertThat(count.total().subtract(count.reserved()).subtract(count.free()))
                    .as("what is neither free nor withheld is allocated, or is the gateway")
                    .isBetween(
                            BigInteger.ZERO,
                            count.allocated().max(count.endpoints()).add(BigInteger.ONE));
        }
    }
}
