package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lab/u11      | lab/u1, lab/u20
            lab/webb     | lab/web
            labs/web     | lab/web
            webb         | lab/web
            wbe          |
            WEB          | lab/web, lab/web-n1
            -n1          | lab/web-n1
            nothing      |
            u            |
            \u202elab/we | lab/web
            <b>lab/web   |
            ``           |
            """, quoteCharacter = '`', nullValues = "null")
    void areASlipAwayOrAPart(String typed, String names) {
        var near = NearNames.of(typed, Stream.of("lab/web", "lab/web-n1", "lab/u1", "lab/u20"));

        assertThat(String.join(", ", near)).isEqualTo(names == null ? "" : names);
    }
}
