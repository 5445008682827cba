package dev.underpass.words;

/// A thing whose name is not the same in every language.
@FunctionalInterface
public interface Worded {

    Sentence words();
}
