package dev.underpass.console.web;

import static dev.underpass.console.web.Keymap.Does;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which single keys do something.
class KeymapTest {

    private static Keymap with(Does does, String key) {
        var keys = new ArrayList<>(Keymap.STANDARD.keys());
        keys.replaceAll(each -> each.equals(Keymap.STANDARD.key(does)) ? key : each);
        return new Keymap(keys);
    }

    @Test
    void standsForPagesInTheOrderThatScriptsKnow() {
        assertThat(Keymap.STANDARD).hasToString("/ g j k [ ] . ?");
        assertThat(with(Does.PAUSE, "")).hasToString("/ g j k [ ]  ?");
        assertThat(Keymap.STANDARD.line("rows")).isEqualTo("j k");
        assertThat(with(Does.NEXT_HOP, "").line("hops")).isEqualTo("[ –");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "N", "é", "下", ";", ",", "\"", "<", "€", "𝒿", ""})
    void comesBackFromItsCookie(String key) {
        var keymap = with(Does.NEXT_ROW, key);

        assertThat(keymap.wrong()).isEmpty();
        assertThat(keymap.cookie()).matches("[0-9a-f.]+");
        assertThat(Keymap.of(keymap.cookie())).isEqualTo(keymap);
    }

    @Test
    void theStandardOneNeedsNoCookie() {
        assertThat(Keymap.STANDARD.cookie()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2f.67",
                "2f.67.6a.6b.5b.5d.2e.3f.41",
                "2f.67.6a.6a.5b.5d.2e.3f",
                "2f.67.0.6b.5b.5d.2e.3f",
                "2f.67.20.6b.5b.5d.2e.3f",
                "2f.67.202e.6b.5b.5d.2e.3f",
                "2f.67.110000.6b.5b.5d.2e.3f",
                "2f.67.-1.6b.5b.5d.2e.3f",
                "2f.67.99999999999.6b.5b.5d.2e.3f"
            })
    void aCookieThatIsNoneCountsAsNone(String cookie) {
        assertThat(Keymap.of(cookie)).isEqualTo(Keymap.STANDARD);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            nn,       one
            ctrl,     one
            '\u202e', one
            '\u0301', one
            '\u0007', one
            k,        twice
            """)
    void saysWhatIsWrong(String key, String why) {
        var wrong = with(Does.NEXT_ROW, key).wrong();

        assertThat(wrong)
                .containsOnlyKeys(why.equals("twice") ? Does.PREVIOUS_ROW : Does.NEXT_ROW)
                .containsValue(why);
    }
}
