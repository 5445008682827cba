package dev.underpass.console.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Asks the cluster whose token it is: TokenReview, `authentication.k8s.io/v1`.
public interface TokenReviews {

    /// Asks for one audience.
    ///
    /// @throws ReviewUnavailableException in the result, if nobody answers the question
    Mono<Review> review(String token, String audience);

    /// What the cluster says of a token.
    ///
    /// @param username `system:serviceaccount:NAMESPACE:NAME`
    /// @param audiences those of the ones asked for that the token is for
    /// @param node the node of the Pod that the token is bound to; absent without one
    record Review(
            boolean authenticated,
            String username,
            List<String> audiences,
            @Nullable String node) {

        public Review {
            audiences = List.copyOf(audiences);
        }
    }

    /// Nobody can say whose token it is.
    final class ReviewUnavailableException extends RuntimeException {

        private static final long serialVersionUID = 1;

        public ReviewUnavailableException(String reason) {
            super(reason);
        }
    }
}
