package dev.underpass.console.store;

import java.util.List;

/// Who hears what is told of a topic.
public interface Follower {

    /// Takes what any replica told, this one too, in the same order everywhere; again after an interruption.
    ///
    /// @throws tools.jackson.core.JacksonException if it is nothing that this version can read
    void hear(Told told);

    /// All that is known of the topic, the oldest first: it is told again to a store that may have lost it.
    List<Told> held();
}
