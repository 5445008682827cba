package dev.underpass.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the engine against real connections in labs that nothing is wrong with.
@Tag("netns")
class HealthyLabTest {

    @BeforeAll
    static void needsRoot() {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and iproute2 for network namespaces");
    }

    static Set<String> specs() {
        return LabSpec.names();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void predictsWhatRealPacketsDo(String name) {
        try (var lab = Lab.up(LabSpec.named(name)).listening()) {
            var comparison = Comparison.of(lab, new AgentObserver());

            assertThat(comparison.wrong()).isEmpty();
            assertThat(comparison.undetermined()).isEmpty();
            assertThat(comparison.connected()).isGreaterThan(comparison.pairs().size() / 2);
        }
    }
}
