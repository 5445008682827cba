package dev.underpass.console.reports;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.RefusedException;
import dev.underpass.console.reports.TokenReviews.Review;
import dev.underpass.console.reports.TokenReviews.ReviewUnavailableException;
import java.time.Clock;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Decides who may speak for a node: the agent that runs there, by its ServiceAccount token.
@Component
public class Admission {

    private static final String SCHEME = "Bearer ";

    private final Auth auth;
    private final String audience;
    private final String account;
    private final TokenReviews reviews;
    private final ReviewCache cache;

    /// How agents prove who they are.
    enum Auth {
        /// By a token that the cluster reviews.
        TOKEN,
        /// Not at all, but only this machine may ask.
        LOOPBACK,
        /// Not at all.
        OFF
    }

    Admission(
            @Value("${underpass.agents.auth:token}") String auth,
            @Value("${underpass.agents.audience:underpass}") String audience,
            @Value("${underpass.agents.account:system:serviceaccount:underpass:underpass-agent}") String account,
            TokenReviews reviews,
            Clock clock) {
        this.auth = Auth.valueOf(auth.toUpperCase(Locale.ROOT));
        this.audience = audience;
        this.account = account;
        this.reviews = reviews;
        this.cache = new ReviewCache(clock);
    }

    /// Empty where the request may speak for the node.
    ///
    /// @throws RefusedException in the result, where not, or where nobody can say
    public Mono<Void> admitted(NodeName node, ServerHttpRequest request) {
        return switch (auth) {
            case OFF -> Mono.empty();
            case LOOPBACK -> loopback(request);
            case TOKEN -> token(request).flatMap(this::reviewed).flatMap(review -> checked(review, node));
        };
    }

    private static Mono<Void> loopback(ServerHttpRequest request) {
        var peer = request.getRemoteAddress();
        boolean near =
                peer != null && peer.getAddress() != null && peer.getAddress().isLoopbackAddress();
        return near ? Mono.empty() : Mono.error(forbidden("without a token, reports are taken from loopback only"));
    }

    private static Mono<String> token(ServerHttpRequest request) {
        var header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Mono.just(header.substring(SCHEME.length()).strip())
                : Mono.error(unauthenticated("no bearer token"));
    }

    private Mono<Review> reviewed(String token) {
        return Mono.justOrEmpty(cache.known(token)).switchIfEmpty(Mono.defer(() -> asked(token)));
    }

    private Mono<Review> asked(String token) {
        return reviews.review(token, audience)
                .flatMap(this::authenticated)
                .doOnNext(review -> cache.keep(token, review))
                .onErrorMap(
                        ReviewUnavailableException.class,
                        e -> new RefusedException(
                                        HttpStatus.SERVICE_UNAVAILABLE,
                                        "token-review-unavailable",
                                        String.valueOf(e.getMessage()))
                                .with(HttpHeaders.RETRY_AFTER, "10"));
    }

    /// A cluster that does not know audiences answers with none: that token may be meant for anybody.
    private Mono<Review> authenticated(Review review) {
        if (!review.authenticated()) {
            return Mono.error(unauthenticated("the cluster does not know this token"));
        }
        return review.audiences().contains(audience)
                ? Mono.just(review)
                : Mono.error(unauthenticated("the token is not for the audience " + audience));
    }

    private Mono<Void> checked(Review review, NodeName node) {
        if (!review.username().equals(account)) {
            return Mono.error(forbidden("%s is not the agents' account, %s".formatted(review.username(), account)));
        }
        if (review.node() == null) {
            return Mono.error(forbidden("the token names no node: it is not bound to a Pod that runs on one"));
        }
        return review.node().equals(node.value())
                ? Mono.empty()
                : Mono.error(forbidden("this is the agent of node %s, not of %s".formatted(review.node(), node)));
    }

    private static RefusedException unauthenticated(String reason) {
        return new RefusedException(HttpStatus.UNAUTHORIZED, "unauthenticated", reason)
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    private static RefusedException forbidden(String reason) {
        return new RefusedException(HttpStatus.FORBIDDEN, "not-this-nodes-agent", reason);
    }
}
