package dev.underpass.console.security;

import io.lettuce.core.RedisException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import reactor.core.publisher.Mono;

/// The sessions that replicas share; those that this one has seen last are known here as well, for as long as the store
/// is
/// away.
final class KeptSessions<S extends Session> implements ReactiveSessionRepository<S>, LiveSessions {

    private static final int MOST = 10_000;

    private final ReactiveSessionRepository<S> store;
    private final Map<String, S> known = new LinkedHashMap<>(16, 0.75f, true);

    /// What is to be told to the store when it is back.
    private final Set<String> unsaved = new LinkedHashSet<>();

    private final Set<String> ended = new LinkedHashSet<>();

    KeptSessions(ReactiveSessionRepository<S> store) {
        this.store = store;
    }

    private static boolean isAway(Throwable error) {
        return error instanceof DataAccessException || error instanceof RedisException;
    }

    @Override
    public Mono<S> createSession() {
        return store.createSession();
    }

    @Override
    public Mono<Void> save(S session) {
        return Mono.defer(() -> {
            keep(session);
            return store.save(session).onErrorResume(KeptSessions::isAway, _ -> {
                later(unsaved, session.getId());
                return Mono.empty();
            });
        });
    }

    @Override
    public Mono<S> findById(String id) {
        return toldLater(id)
                .then(Mono.defer(() -> isEnded(id) ? Mono.<S>empty() : store.findById(id)))
                .doOnNext(this::keep)
                .switchIfEmpty(Mono.fromRunnable(() -> forget(id)))
                .onErrorResume(KeptSessions::isAway, _ -> Mono.justOrEmpty(known(id)));
    }

    private Mono<Void> toldLater(String id) {
        return Mono.defer(() -> {
            if (isEnded(id)) {
                return store.deleteById(id).doOnSuccess(_ -> told(ended, id));
            }
            var session = isUnsaved(id) ? known(id) : null;
            return session == null ? Mono.empty() : store.save(session).doOnSuccess(_ -> told(unsaved, id));
        });
    }

    @Override
    public Mono<Void> deleteById(String id) {
        return Mono.defer(() -> {
            forget(id);
            return store.deleteById(id).onErrorResume(KeptSessions::isAway, _ -> {
                later(ended, id);
                return Mono.empty();
            });
        });
    }

    @Override
    public Mono<Boolean> lives(String id) {
        return findById(id).hasElement();
    }

    private synchronized void keep(S session) {
        known.put(session.getId(), session);
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
    }

    private synchronized void forget(String id) {
        known.remove(id);
        unsaved.remove(id);
    }

    /// A session that has another id by now is not found by the one that it had before the login.
    private synchronized @Nullable S known(String id) {
        var session = known.get(id);
        return session == null
                        || session.isExpired()
                        || ended.contains(id)
                        || !session.getId().equals(id)
                ? null
                : session;
    }

    private synchronized boolean isEnded(String id) {
        return ended.contains(id);
    }

    private synchronized boolean isUnsaved(String id) {
        return unsaved.contains(id);
    }

    private synchronized void told(Set<String> ids, String id) {
        ids.remove(id);
    }

    private synchronized void later(Set<String> ids, String id) {
        ids.add(id);
        if (ids.size() > MOST) {
            Iterator<String> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
