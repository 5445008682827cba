package dev.underpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.diagnosis.WhatIf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An edit in the demo's cluster, of one of whose Pods nobody can say what it becomes.
class UntoldPodsTest {

    private static final ObjectName UNTOLD = ObjectName.parse("lab/u2");

    private static final String EDIT = """
            apiVersion: spiderpool.spidernet.io/v2beta1
            kind: SpiderCoordinator
            metadata: {name: default}
            spec: {mode: auto, podCIDRType: calico, hostRuleTable: 500, podRPFilter: 0, hijackCIDR: [169.254.20.10/32]}
            """;

    @Test
    void nothingIsFoundOfAPodThatCannotBeTold(@TempDir Path folder) throws IOException, BadInputException {
        var loaded = Loaded.from(DemoBundle.unpacked());
        var file = Files.writeString(folder.resolve("edit.yaml"), EDIT);

        var whatIf = WhatIf.of(loaded.analysis(), loaded.edited(file));

        assertThat(whatIf.pods())
                .filteredOn(pod -> pod.effect() instanceof Effect.Unknown)
                .extracting(pod -> pod.pod())
                .containsExactly(UNTOLD);
        assertThat(whatIf.restarts()).contains("Pod lab/u2");
        assertThat(whatIf.recreated().appeared())
                .isNotEmpty()
                .noneMatch(finding -> finding.affected().pods().contains(UNTOLD));
        assertThat(whatIf.recreated().resolved())
                .isNotEmpty()
                .noneMatch(finding -> finding.affected().pods().contains(UNTOLD));
    }
}
