package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOnlyTest {

    private static final Set<String> HARMLESS = Set.of("health", "prometheus");

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void refusesOtherAddresses(String address) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new LoopbackOnly(address, "127.0.0.1", HARMLESS, ""))
                .withMessageContaining("server.address is " + address);
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        new LoopbackOnly("127.0.0.1", address, Set.of("health", "heapdump"), "https://id.example"))
                .withMessageContaining("heapdump");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "127.8.8.8"})
    void acceptsLoopback(String address) {
        assertThatCode(() -> new LoopbackOnly(address, address, Set.of("*"), ""))
                .doesNotThrowAnyException();
    }

    @Test
    void letsTheKubeletAndPrometheusIn() {
        assertThatCode(() -> new LoopbackOnly("127.0.0.1", "0.0.0.0", HARMLESS, ""))
                .doesNotThrowAnyException();
    }

    @Test
    void servesEverybodyWhereEverybodyLogsIn() {
        assertThatCode(() -> new LoopbackOnly("0.0.0.0", "127.0.0.1", HARMLESS, "https://id.example"))
                .doesNotThrowAnyException();
    }
}
