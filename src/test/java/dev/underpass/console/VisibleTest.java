package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {

    @ParameterizedTest
    @CsvSource({
        "page: \u00e9 \u7f51\u7edc \ud83d\ude00, page: \u00e9 \u7f51\u7edc \ud83d\ude00",
        "a\u0000b, a\u2400b",
        "a\u001bb, a\u241bb",
        "a\u007fb, a\u2421b",
        "a\u0085b, a\\u0085b",
        "a\u2028b, a\\u2028b",
        "a\u202eb, a\\u202eb",
        "a\u2066b, a\\u2066b",
        "a\ud800b, a\\ud800b",
        "a\udb40\udc41b, a\\ue0041b"
    })
    void whatNobodySeesIsShownAsASign(String text, String shown) {
        assertThat(Visible.of(text)).isEqualTo(shown);
    }
}
