package dev.underpass.words;

import java.util.Arrays;
import java.util.Collection;

/// A sentence that is not said of anything yet: a constant of the package's enum `Phrases`.
public interface Phrase {

    /// The constant's name.
    String name();

    /// The English words, with a `%s` for each argument.
    String text();

    /// Names the phrase to other languages: `sentence.net.NO_ROUTE`.
    default String key() {
        var home = getClass().getPackageName();
        return "sentence." + home.substring(home.lastIndexOf('.') + 1) + "." + name();
    }

    /// Says it of something. Arguments are kept as words, so nothing that they belong to is.
    default Sentence with(Object... arguments) {
        return new Sentence(
                key(), text(), Arrays.stream(arguments).map(Phrase::words).toList());
    }

    private static Sentence words(Object argument) {
        return switch (argument) {
            case Sentence sentence -> sentence;
            case Worded thing -> thing.words();
            case Collection<?> many
            when !many.isEmpty() ->
                new Sentence("", "", many.stream().map(each -> words(each)).toList());
            default -> Sentence.line(argument.toString());
        };
    }
}
