package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodeTest {

    /// Restarting kube-proxy mends no Pod.
    @ParameterizedTest
    @EnumSource(Code.class)
    void saysInItsRemedyThatPodsAreToBeRestartedWhereThatMendsIt(Code code) {
        assertThat(code.remedy().matches("(?s).*(?i:restart) the Pods?\\b.*")).isEqualTo(code.mendedByRestart());
    }
}
