package dev.underpass.reachability;

/// How well a verdict is founded.
public enum Confidence {
    /// A probe of this pair agrees.
    OBSERVED,
    /// All evidence was reported.
    COMPUTED,
    /// Some evidence came from API objects, or is an assumption about the network outside.
    ASSUMED,
    /// A probe disagrees.
    CONTRADICTED
}
