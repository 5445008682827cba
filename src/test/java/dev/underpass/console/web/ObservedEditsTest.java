package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.edit.EditView;
import dev.underpass.console.edit.Outcome;
import dev.underpass.console.journal.Journal.Entry;
import dev.underpass.diagnosis.ConfigurationChange;
import dev.underpass.diagnosis.ConfigurationChange.FieldChange;
import dev.underpass.diagnosis.ConfigurationChange.What;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ObservedEditsTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private static ObjectNode pool(String gateway) {
        return (ObjectNode) JsonMapper.builder().build().readTree("""
                {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderIPPool", "metadata": {"name": "v4"},
                 "spec": {"ipVersion": 4, "subnet": "10.6.0.0/16", "gateway": "%s", "ips": ["10.6.1.1"]}}
                """.formatted(gateway));
    }

    private static EditView edit(int second, String before, String after) {
        return new EditView(
                "edit-" + second,
                NOON.plusSeconds(second),
                "ada",
                "update",
                null,
                "ippools",
                "SpiderIPPool",
                "",
                "v4",
                Outcome.APPLIED,
                null,
                pool(before),
                pool(after),
                null);
    }

    private static Entry seen(int second, String before, String after) {
        var field = new FieldChange("spec.gateway", before, after);
        return new Entry(
                second,
                NOON.plusSeconds(second),
                new ConfigurationChange("SpiderIPPool", "v4", What.EDITED, List.of(field)));
    }

    @Test
    void knowsWhatWasSeenSoonBeforeOrAfter() {
        assertThat(ObservedEdits.among(
                        List.of(seen(3, "10.6.0.2", "10.6.0.1"), seen(1, "10.6.0.1", "10.6.0.2")),
                        List.of(edit(4, "10.6.0.2", "10.6.0.1"), edit(0, "10.6.0.1", "10.6.0.2"))))
                .containsExactlyInAnyOrder(1L, 3L);
    }

    @Test
    void takesNoOtherChangeForAnEditThatWasNeverSeenByItself() {
        assertThat(ObservedEdits.among(
                        List.of(
                                seen(60, "10.6.0.1", "10.6.0.2"),
                                seen(30, "10.6.0.3", "10.6.0.1"),
                                seen(1, "10.6.0.1", "10.6.0.3")),
                        List.of(edit(0, "10.6.0.1", "10.6.0.2"))))
                .isEmpty();
    }

    @Test
    void takesNothingForAnEditThatIsLongAgo() {
        assertThat(ObservedEdits.among(
                        List.of(seen(301, "10.6.0.1", "10.6.0.2")), List.of(edit(0, "10.6.0.1", "10.6.0.2"))))
                .isEmpty();
    }
}
