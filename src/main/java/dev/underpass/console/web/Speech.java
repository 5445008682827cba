package dev.underpass.console.web;

import dev.underpass.words.Sentence;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;

/// Says the core's sentences in a reader's language: where that has no words of its own for one, in English.
record Speech(MessageSource messages, Locale locale) {

    String of(Sentence sentence) {
        if (sentence.isLine()) {
            return sentence.arguments().isEmpty()
                    ? sentence.text()
                    : sentence.arguments().stream().map(this::of).collect(Collectors.joining(", ", "[", "]"));
        }
        Object[] arguments = sentence.arguments().stream().map(this::of).toArray();
        var said = messages.getMessage(sentence.key(), arguments, null, locale);
        return said == null ? sentence.formatted(arguments) : said;
    }
}
