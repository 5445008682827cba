package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The objects of the fake API and their history. An object that it holds is never changed, only replaced.
///
/// Its monitor makes a reading and the write that rests on it one step.
final class Store {

    /// @param type a type's qualified name
    /// @param namespace empty for a resource of the cluster
    record Key(String type, String namespace, String name) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::type).thenComparing(Key::namespace).thenComparing(Key::name);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /// One step of history; of `before` and `after`, the absent one says that the object was made or removed.
    record Change(
            long revision,
            Key key,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after) {}

    /// Is told of changes in their order, under the store's monitor.
    interface Listener {

        void changed(Change change);

        void expired(long oldest);

        void marked(long revision);

        void withdrawn(String type);
    }

    private final TreeMap<Key, ObjectNode> objects = new TreeMap<>();
    private final List<Change> history = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private long revision = 200;
    private long oldest = 200;

    synchronized long revision() {
        return revision;
    }

    synchronized Optional<ObjectNode> find(Key key) {
        return Optional.ofNullable(objects.get(key));
    }

    /// @throws Failure where there is none
    synchronized ObjectNode get(Target target) {
        return find(target.key()).orElseThrow(() -> Failure.notFound(target.type(), target.name()));
    }

    /// Stores an object under the next revision, and returns it with that.
    synchronized ObjectNode put(Key key, ObjectNode object) {
        var stored = object.deepCopy();
        Json.child(stored, "metadata").put("resourceVersion", Long.toString(++revision));
        record(new Change(revision, key, objects.put(key, stored), stored));
        return stored;
    }

    synchronized void remove(Key key) {
        var before = objects.remove(key);
        if (before != null) {
            record(new Change(++revision, key, before, null));
        }
    }

    private void record(Change change) {
        history.add(change);
        List.copyOf(listeners).forEach(listener -> listener.changed(change));
    }

    /// The objects of a type in the order of their namespaces and names.
    synchronized NavigableMap<Key, ObjectNode> all(String type) {
        return new TreeMap<>(objects.subMap(new Key(type, "", ""), new Key(type + "\0", "", "")));
    }

    /// The objects as they were at a revision.
    ///
    /// @throws Failure where history does not reach back so far
    synchronized NavigableMap<Key, ObjectNode> allAt(String type, long at) {
        if (at < oldest) {
            throw Failure.expired("The resourceVersion for the provided list is too old.");
        }
        var then = all(type);
        for (var change : history.reversed()) {
            if (change.revision() <= at) {
                break;
            }
            if (change.before() != null && change.key().type().equals(type)) {
                then.put(change.key(), change.before());
            } else {
                then.remove(change.key());
            }
        }
        return then;
    }

    /// Follows the changes after a revision until `unfollow`.
    ///
    /// @throws Failure where history does not reach back so far
    synchronized void follow(long after, Listener listener) {
        if (after < oldest) {
            throw Failure.tooOld(after, oldest);
        }
        for (var change : history) {
            if (change.revision() > after) {
                listener.changed(change);
            }
        }
        listeners.add(listener);
    }

    synchronized void unfollow(Listener listener) {
        listeners.remove(listener);
    }

    /// Forgets history: every resourceVersion that anyone has is too old.
    synchronized void expire() {
        oldest = ++revision;
        history.clear();
        List.copyOf(listeners).forEach(listener -> listener.expired(oldest));
    }

    /// Tells every listener how far history has come.
    synchronized void mark() {
        List.copyOf(listeners).forEach(listener -> listener.marked(revision));
    }

    /// Removes a type with all its objects.
    synchronized void withdraw(String type) {
        all(type).keySet().forEach(this::remove);
        List.copyOf(listeners).forEach(listener -> listener.withdrawn(type));
    }
}
