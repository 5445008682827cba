package dev.underpass.diagnosis.edit;

import dev.underpass.words.Sentence;

/// What is wrong at one field of an edited object.
///
/// @param field its path, such as `spec.hijackCIDR[1]`; empty for the object as a whole
/// @param words what is wrong and why, naming the value
public record FieldProblem(String field, Sentence words, Severity severity) {

    /// Whether the edit may be made all the same.
    public enum Severity {
        /// Spiderpool or the kernel would refuse it, or break on it.
        REFUSED,
        /// It is legal, and has a consequence that people overlook.
        WARNING
    }

    /// The words in English.
    public String message() {
        return words.toString();
    }

    /// The words, and before them the field where one is meant.
    public Sentence said() {
        return field.isEmpty() ? words : Phrases.AT_FIELD.with(field, words);
    }
}
