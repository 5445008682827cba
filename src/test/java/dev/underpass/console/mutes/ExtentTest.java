package dev.underpass.console.mutes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.diagnosis.Finding.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtentTest {

    private static final Extent MUTED =
            new Extent(Kind.FAULT, List.of("namespace/default", "namespace/shop", "node/node1"), 3, 2);
    private static final Extent LIMITATION = new Extent(Kind.LIMITATION, MUTED.places(), 3, 2);

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            FAULT,      namespace/default namespace/shop node/node1, 3, 2, ""
            FAULT,      namespace/shop,                              0, 1, ""
            LIMITATION, namespace/shop,                              3, 2, ""
            FAULT,      namespace/default,                           6, 4, ""
            FAULT,      namespace/default,                           7, 2, "it hits 7 Pods now, and hit 3"
            FAULT,      namespace/default,                           3, 5, "it hits 5 Services now, and hit 2"
            FAULT,      namespace/default namespace/dev,             1, 1, "it is at other places as well: namespace/dev"
            FAULT,      node/node1 node/node2,                       1, 1, "it is at other places as well: node/node2"
            FAULT,      node/a node/b node/c node/d node/e node/f,   1, 1, "it is at other places as well: node/a, node/b, node/c, node/d, node/e, …"
            """)
    void aFaultCountsForAsMuchAsItWas(Kind kind, String places, int pods, int services, String beyond) {
        var now = new Extent(kind, List.of(places.split(" ", -1)), pods, services);

        assertThat(now.beyond(MUTED)).hasToString(beyond);
    }

    @ParameterizedTest
    @CsvSource({"LIMITATION, ''", "FAULT, it was a limitation of the set-up and is a fault now"})
    void aLimitationThatBecomesAFaultIsMore(Kind kind, String beyond) {
        assertThat(new Extent(kind, MUTED.places(), 3, 2).beyond(LIMITATION)).hasToString(beyond);
    }
}
