package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.NodeName;
import dev.underpass.topology.NodeCell;
import dev.underpass.topology.Tally;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A cell says what part of a node's Pods fails, and not merely that some do.
class HeatGridTest {

    @ParameterizedTest(name = "{0} pass, {1} not known, {2} fail: {3}")
    @CsvSource({
        "50, 0,  0,  r",
        "50, 1,  0,  u",
        "0,  0,  0,  u",
        "49, 0,  1,  1",
        "25, 0,  25, 4",
        "24, 0,  26, 5",
        "0,  49, 1,  1",
        "1,  0,  49, 8",
        "0,  0,  50, 8"
    })
    void aCellIsFilledByThePartThatFails(long pass, long unknown, long fail, String share) {
        var cells = List.of(new NodeCell(new NodeName("node1"), new Tally(pass, unknown, fail)));

        assertThat(new HeatGrid(cells, Paging.of(cells, 1)).shares()).isEqualTo(share);
    }
}
