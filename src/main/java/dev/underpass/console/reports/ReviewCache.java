package dev.underpass.console.reports;

import dev.underpass.console.reports.TokenReviews.Review;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Tokens that were authenticated less than a minute ago, by their SHA-256.
final class ReviewCache {

    static final Duration LIFE = Duration.ofSeconds(60);
    private static final int MAX_SIZE = 10_000;

    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(Review review, Instant until) {}

    ReviewCache(Clock clock) {
        this.clock = clock;
    }

    synchronized Optional<Review> known(String token) {
        var entry = entries.get(key(token));
        return entry != null && clock.instant().isBefore(entry.until())
                ? Optional.of(entry.review())
                : Optional.empty();
    }

    synchronized void keep(String token, Review review) {
        var key = key(token);
        entries.remove(key);
        if (entries.size() >= MAX_SIZE) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(key, new Entry(review, clock.instant().plus(LIFE)));
    }

    private static String key(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
