package dev.underpass.console.security;

import dev.underpass.console.store.Follower;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.server.WebSession;

/// The logins that the provider has ended, which all replicas know. No session has to be found for that: each one says
/// to which login it belongs, and is over when that is.
final class EndedLogins implements Follower {

    /// As many as the store keeps.
    static final int MOST = 20_000;

    private static final String SESSION = "underpass.providerSession";
    private static final String SUBJECT = "underpass.subject";

    /// When somebody logged in, which may be later than the session began.
    private static final String BEGUN = "underpass.loggedInAt";

    private final Store store;
    private final Duration kept;
    private final Clock clock;

    /// By their ids, the oldest first.
    private final Map<String, Logout> told = new LinkedHashMap<>();

    private final Map<String, Instant> sessions = new HashMap<>();
    private final Map<String, Instant> subjects = new HashMap<>();

    /// Sessions that are older may be among those that were forgotten.
    private Instant known = Instant.MIN;

    /// @param sessions for how long they live at most: then none is left that a logout could be about
    /// @param tokens for how long one counts that tells of a logout: then it cannot be told again
    EndedLogins(Store store, Duration sessions, Duration tokens, Clock clock) {
        this.store = store;
        this.kept = sessions.compareTo(tokens) > 0 ? sessions : tokens;
        this.clock = clock;
        store.follow(Topic.LOGOUTS, this);
    }

    /// A logout.
    ///
    /// @param id names what the provider told
    /// @param session of the provider; absent where all of a person's are over
    /// @param subject the person; may be absent where the session is known
    /// @param at when the console was told
    record Logout(
            String id, @Nullable String session, @Nullable String subject, Instant at) {}

    /// Notes in a session to which login it belongs.
    void begun(WebSession session, Authentication who) {
        if (who.getPrincipal() instanceof OidcUser person) {
            session.getAttributes().put(SUBJECT, person.getSubject());
            session.getAttributes().put(BEGUN, clock.instant().toString());
            var login = person.getIdToken().getClaimAsString(LogoutClaims.SESSION);
            if (login == null) {
                session.getAttributes().remove(SESSION);
            } else {
                session.getAttributes().put(SESSION, login);
            }
        }
    }

    /// Ends a login at all replicas; waits until the others can know it.
    ///
    /// @return false if that was told before
    boolean end(Logout logout) {
        boolean isNew = keep(logout);
        if (isNew) {
            store.tellNow(Topic.LOGOUTS, Told.of(logout.id(), logout));
        }
        return isNew;
    }

    private synchronized boolean keep(Logout logout) {
        if (told.putIfAbsent(logout.id(), logout) != null) {
            return false;
        }
        if (logout.session() != null) {
            sessions.merge(logout.session(), logout.at(), EndedLogins::later);
        } else if (logout.subject() != null) {
            subjects.merge(logout.subject(), logout.at(), EndedLogins::later);
        }
        forget();
        return true;
    }

    /// Those that no session can be about any more; and too many, but then all sessions from before are over.
    private void forget() {
        var past = clock.instant().minus(kept);
        var oldest = told.values().iterator();
        while (oldest.hasNext()) {
            var logout = oldest.next();
            if (told.size() < MOST && !logout.at().isBefore(past)) {
                return;
            }
            if (!logout.at().isBefore(past)) {
                known = later(known, logout.at());
            }
            oldest.remove();
            forget(sessions, logout.session(), logout.at());
            forget(subjects, logout.subject(), logout.at());
        }
    }

    private static void forget(Map<String, Instant> ended, @Nullable String name, Instant at) {
        if (name != null && at.equals(ended.get(name))) {
            ended.remove(name);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// Whether the provider has ended the login that a session belongs to.
    synchronized boolean isOver(WebSession session) {
        String subject = session.getAttribute(SUBJECT);
        if (subject == null) {
            return false;
        }
        String login = session.getAttribute(SESSION);
        var begun = begun(session);
        var ended = subjects.get(subject);
        return begun.isBefore(known)
                || (login != null && sessions.containsKey(login))
                || (ended != null && begun.isBefore(ended));
    }

    private static Instant begun(WebSession session) {
        String noted = session.getAttribute(BEGUN);
        return noted == null ? session.getCreationTime() : Instant.parse(noted);
    }

    @Override
    public void hear(Told news) {
        keep(news.as(Logout.class));
    }

    @Override
    public synchronized List<Told> held() {
        return told.values().stream()
                .map(logout -> Told.of(logout.id(), logout))
                .toList();
    }
}
