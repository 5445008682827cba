package dev.underpass.diagnosis.edit;

/// What is wrong at one field of an edited object.
///
/// @param field its path, such as `spec.hijackCIDR[1]`; empty for the object as a whole
/// @param message what is wrong and why, naming the value
public record FieldProblem(String field, String message, Severity severity) {

    /// Whether the edit may be made all the same.
    public enum Severity {
        /// Spiderpool or the kernel would refuse it, or break on it.
        REFUSED,
        /// It is legal, and has a consequence that people overlook.
        WARNING
    }
}
