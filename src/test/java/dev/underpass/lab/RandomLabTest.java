package dev.underpass.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Holds the engine against real connections in labs that are broken at random.
///
/// `scripts/lab-random` does the same with any number of seeds.
@Tag("netns")
class RandomLabTest {

    @BeforeAll
    static void needsRoot() {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and iproute2 for network namespaces");
    }

    @Test
    void predictsWhatRealPacketsDo() {
        var labs = RandomLabs.of(LongStream.rangeClosed(1, 20), new TwofoldObserver(), System.out::println);

        assertThat(labs)
                .allSatisfy(lab ->
                        assertThat(lab.comparison().wrong()).as(lab.toString()).isEmpty());
        var undetermined = labs.stream()
                .mapToInt(lab -> lab.comparison().undetermined().size())
                .sum();
        var pairs =
                labs.stream().mapToInt(lab -> lab.comparison().pairs().size()).sum();
        assertThat(undetermined).isLessThanOrEqualTo(pairs / 100);
        assertThat(labs.stream().mapToLong(lab -> lab.comparison().connected()).sum())
                .isBetween(pairs / 3L, pairs * 9L / 10);
    }
}
