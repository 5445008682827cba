package dev.underpass.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceTest {

    private enum Said implements Phrase {
        OVER("%s over %s");

        private final String text;

        Said(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }
    }

    @Test
    void isEnglishByItself() {
        assertThat(Said.OVER.with("veth0", 7)).hasToString("veth0 over 7");
        assertThat(Said.OVER.with(Said.OVER.with("a", "b"), List.of("c", Said.OVER.with("d", "e"))))
                .hasToString("a over b over [c, d over e]");
        assertThat(Said.OVER.with(List.of(), "")).hasToString("[] over ");
    }

    @Test
    void isNamedByThePackageThatSaysIt() {
        assertThat(Said.OVER.key()).isEqualTo("sentence.words.OVER");
    }

    @Test
    void aLineIsTakenAsItIs() {
        assertThat(Sentence.line("100 % %s")).hasToString("100 % %s");
        assertThat(Said.OVER.with("%s", "%d")).hasToString("%s over %d");
        assertThat(Sentence.NONE.isEmpty()).isTrue();
    }

    @Test
    void isTheSameWhenItSaysTheSameOfTheSame() {
        assertThat(Said.OVER.with("a", 1)).isEqualTo(Said.OVER.with("a", "1")).isNotEqualTo(Said.OVER.with("a", 2));
    }
}
