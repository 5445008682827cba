package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOnlyTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void refusesOtherAddresses(String address) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new LoopbackOnly(address, "127.0.0.1"))
                .withMessageContaining("server.address is " + address);
        assertThatIllegalStateException().isThrownBy(() -> new LoopbackOnly("127.0.0.1", address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "127.8.8.8"})
    void acceptsLoopback(String address) {
        assertThatCode(() -> new LoopbackOnly(address, address)).doesNotThrowAnyException();
    }
}
