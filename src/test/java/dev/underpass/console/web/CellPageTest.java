package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellPageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lab/u1       | "lab/u1"
            =HYPERLINK() | "'=HYPERLINK()"
            +1           | "'+1"
            -1           | "'-1"
            @SUM(A1)     | "'@SUM(A1)"
            say "no", he | "say ""no"", he"
            ``           | ""
            """)
    void noFieldIsAFormula(String text, String field) {
        assertThat(CellPage.field(text)).isEqualTo(field);
    }
}
