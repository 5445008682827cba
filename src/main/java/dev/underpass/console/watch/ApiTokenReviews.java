package dev.underpass.console.watch;

import dev.underpass.console.reports.TokenReviews;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AuthenticationV1Api;
import io.kubernetes.client.openapi.models.V1TokenReview;
import io.kubernetes.client.openapi.models.V1TokenReviewSpec;
import io.kubernetes.client.openapi.models.V1TokenReviewStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Token reviews by the Kubernetes API.
@Component
class ApiTokenReviews implements TokenReviews, DisposableBean {

    private static final String NODE = "authentication.kubernetes.io/node-name";
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int UNAUTHORIZED = 401;

    private final Scheduler calls = Schedulers.newBoundedElastic(4, 64, "token-review");
    private final ApiClients clients;
    private volatile @Nullable AuthenticationV1Api api;

    /// @throws IOException if the API's configuration cannot be read
    ApiTokenReviews(ApiClients clients) throws IOException {
        this.clients = clients;
        this.api = made();
    }

    /// Absent when no API is configured.
    private @Nullable AuthenticationV1Api made() throws IOException {
        return clients.client()
                .map(client -> new AuthenticationV1Api(
                        client.setConnectTimeout(TIMEOUT_MILLIS).setReadTimeout(TIMEOUT_MILLIS)))
                .orElse(null);
    }

    /// The certificates or the token of the one before may have been replaced in their files.
    private void renew(ApiException refusal) {
        if (refusal.getCode() == UNAUTHORIZED || refusal.getCause() instanceof SSLException) {
            try {
                api = made();
            } catch (IOException e) {
                throw new ReviewUnavailableException("the API's configuration cannot be read: " + e.getMessage());
            }
        }
    }

    @Override
    public Mono<Review> review(String token, String audience) {
        var current = api;
        if (current == null) {
            return Mono.error(new ReviewUnavailableException(
                    "no Kubernetes API is configured to review tokens: set underpass.kubernetes.kubeconfig"));
        }
        return Mono.fromCallable(() -> reviewed(current, token, audience))
                .subscribeOn(calls)
                .onErrorMap(
                        RejectedExecutionException.class,
                        _ -> new ReviewUnavailableException("too many tokens are waiting for their review"));
    }

    private Review reviewed(AuthenticationV1Api api, String token, String audience) {
        var question = new V1TokenReview()
                .apiVersion("authentication.k8s.io/v1")
                .kind("TokenReview")
                .spec(new V1TokenReviewSpec().token(token).audiences(List.of(audience)));
        try {
            var status = api.createTokenReview(question).execute().getStatus();
            return status == null ? new Review(false, "", List.of(), null) : review(status);
        } catch (ApiException e) {
            renew(e);
            var reason = e.getCode() == 0 ? String.valueOf(e.getMessage()) : "status " + e.getCode();
            throw new ReviewUnavailableException("the Kubernetes API did not review the token: " + reason);
        } catch (RuntimeException e) {
            // The client's generated code throws what its JSON reader throws.
            throw new ReviewUnavailableException("the Kubernetes API's answer is no TokenReview: " + e.getMessage());
        }
    }

    private static Review review(V1TokenReviewStatus status) {
        var user = status.getUser();
        var username = user == null ? null : user.getUsername();
        var audiences = status.getAudiences();
        return new Review(
                Boolean.TRUE.equals(status.getAuthenticated()),
                username == null ? "" : username,
                audiences == null ? List.of() : audiences,
                node(status));
    }

    private static @Nullable String node(V1TokenReviewStatus status) {
        var user = status.getUser();
        var extra = user == null ? null : user.getExtra();
        var nodes = extra == null ? null : extra.get(NODE);
        return nodes == null || nodes.size() != 1 ? null : nodes.getFirst();
    }

    @Override
    public void destroy() {
        calls.dispose();
    }
}
