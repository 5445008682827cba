package dev.underpass.reachability;

import dev.underpass.words.Sentence;
import dev.underpass.words.Worded;

/// Where in the cluster a hop happens.
///
/// @param name a Pod as `namespace/name`, a node's name, or what the fabric's part is called
public record Place(Kind kind, String name) implements Worded {

    static final Place UNDERLAY_NETWORK = new Place(Kind.FABRIC, Phrases.UNDERLAY_NETWORK.text());
    static final Place GATEWAY = new Place(Kind.FABRIC, Phrases.GATEWAY.text());

    /// What kind of place it is.
    public enum Kind {
        POD,
        NODE,
        FABRIC
    }

    @Override
    public Sentence words() {
        return switch (kind) {
            case POD -> Sentence.line("Pod " + name);
            case NODE -> Phrases.NODE.with(name);
            case FABRIC -> equals(GATEWAY) ? Phrases.GATEWAY.with() : Phrases.UNDERLAY_NETWORK.with();
        };
    }

    @Override
    public String toString() {
        return words().toString();
    }
}
