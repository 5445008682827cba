package dev.underpass.words;

import java.util.List;
import java.util.stream.Collectors;

/// Something that is said to people: which sentence it is, and what it speaks of. By itself it is English; whoever
/// speaks another language says it by its key. Lines that a tool prints, names and addresses are of no language.
///
/// @param key names the sentence; empty for what is of no language
/// @param text the English words with a `%s` for each argument, or the line itself
/// @param arguments what the sentence speaks of; without a key, the items of a list
public record Sentence(String key, String text, List<Sentence> arguments) {

    /// Nothing said.
    public static final Sentence NONE = line("");

    public Sentence {
        arguments = List.copyOf(arguments);
    }

    /// What is the same in every language: a line of a tool, a name.
    public static Sentence line(String text) {
        return new Sentence("", text, List.of());
    }

    /// Whether every language says it alike.
    public boolean isLine() {
        return key.isEmpty();
    }

    /// Whether it is that phrase, of whatever it is said.
    public boolean is(Phrase phrase) {
        return key.equals(phrase.key());
    }

    public boolean isEmpty() {
        return text.isEmpty() && arguments.isEmpty();
    }

    /// The English words with arguments that another language may have said.
    public String formatted(Object[] said) {
        return said.length == 0 ? text : text.formatted(said);
    }

    /// The English words.
    @Override
    public String toString() {
        if (isLine()) {
            return arguments.isEmpty()
                    ? text
                    : arguments.stream().map(Sentence::toString).collect(Collectors.joining(", ", "[", "]"));
        }
        return formatted(arguments.toArray());
    }
}
