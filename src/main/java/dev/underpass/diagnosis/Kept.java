package dev.underpass.diagnosis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Answers that somebody asked for, some thousands of them: a cluster has many more, and each can be worked out again.
final class Kept<K, V> {

    private static final int MOST = 10_000;

    private final Map<K, V> known = new ConcurrentHashMap<>();

    V get(K question, Function<K, V> answer) {
        var before = known.get(question);
        if (before != null) {
            return before;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        var now = answer.apply(question);
        known.put(question, now);
        return now;
    }
}
