package dev.underpass.diagnosis.edit;

import dev.underpass.words.Sentence;
import dev.underpass.words.Worded;
import java.util.Collection;

/// How messages name what they speak of, however long it is.
final class Words {

    private static final int LONGEST = 60;
    private static final int MOST = 5;

    private Words() {}

    /// A text in quotes; the rest of a long one is cut off.
    static String quoted(String text) {
        return "'" + shortened(text) + "'";
    }

    /// A text without line ends; the rest of a long one is cut off.
    static String shortened(String text) {
        var start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return start.chars().anyMatch(Character::isISOControl) ? start.replaceAll("\\p{Cntrl}", " ") : start;
    }

    /// The first of many, and how many more there are.
    static Sentence some(Collection<?> things) {
        var first = things.stream()
                .limit(MOST)
                .map(Words::named)
                .reduce((one, other) -> one.isLine() && other.isLine()
                        ? Sentence.line(one + ", " + other)
                        : Phrases.TOGETHER.with(one, other))
                .orElse(Sentence.NONE);
        return things.size() <= MOST ? first : Phrases.AND_MORE.with(first, things.size() - MOST);
    }

    private static Sentence named(Object thing) {
        return switch (thing) {
            case Sentence sentence -> sentence;
            case Worded worded -> worded.words();
            default -> Sentence.line(thing.toString());
        };
    }

    /// The same, saying something else in English.
    static Sentence inEnglish(String english, Sentence sentence) {
        var text = sentence.arguments().isEmpty() ? english : english.replace("%", "%%");
        return new Sentence(sentence.key(), text, sentence.arguments());
    }
}
