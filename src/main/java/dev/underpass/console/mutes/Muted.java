package dev.underpass.console.mutes;

import dev.underpass.words.Sentence;

/// A mute that lasts, beside what is found now.
///
/// @param beyond why it does not count: in what the finding is more than was muted; empty while it counts
public record Muted(Mark mark, Sentence beyond) {

    public boolean counts() {
        return beyond.isEmpty();
    }
}
