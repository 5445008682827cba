package dev.underpass.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

    private static final List<String> ORDERED = List.of(
            "",
            "10.6.0.0/16",
            "10.10.0.0/16",
            "node",
            "node01",
            "node1",
            "node2",
            "node2a",
            "node2b",
            "node010",
            "node10",
            "node99999999999999999999",
            "node100000000000000000000",
            "nodes");

    @Test
    void countsAsPeopleDo() {
        for (int seed = 0; seed < 50; seed++) {
            var names = new ArrayList<>(ORDERED);
            Collections.shuffle(names, new Random(seed));

            names.sort(NaturalOrder.TEXT);

            assertThat(names).isEqualTo(ORDERED);
        }
    }

    @Test
    void namesThatAreTheSameNumberAreStillTwo() {
        for (var one : ORDERED) {
            for (var other : ORDERED) {
                assertThat(NaturalOrder.TEXT.compare(one, other) == 0).isEqualTo(one.equals(other));
            }
        }
    }

    @Test
    void theNamespaceComesFirst() {
        var names = new ArrayList<>(List.of(
                new ObjectName("lab10", "a"), new ObjectName("lab2", "web-10"), new ObjectName("lab2", "web-9")));

        names.sort(NaturalOrder.NAMES);

        assertThat(names).extracting(ObjectName::toString).containsExactly("lab2/web-9", "lab2/web-10", "lab10/a");
    }
}
