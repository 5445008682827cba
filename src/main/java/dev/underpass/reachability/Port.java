package dev.underpass.reachability;

import dev.underpass.net.Link;
import dev.underpass.words.Sentence;
import dev.underpass.words.Worded;
import java.util.Objects;

/// A device of a namespace, as an end of a wire. Two are the same when namespace and index are.
record Port(Host host, Link link) implements Worded {

    @Override
    public boolean equals(Object other) {
        return other instanceof Port port && host == port.host && link.index() == port.link.index();
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(host), link.index());
    }

    @Override
    public Sentence words() {
        return Phrases.PORT.with(link.name(), host.place());
    }

    @Override
    public String toString() {
        return words().toString();
    }
}
