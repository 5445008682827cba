package dev.underpass.console.edit;

import dev.underpass.console.Impersonated;
import dev.underpass.console.edit.KubernetesObjects.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the cluster would refuse, asked beforehand: of the console, or of the person for whom it acts. A hint for
/// pages,
/// kept for a while; the API judges each edit itself.
@Component
public class Rights {

    private static final Logger LOG = LoggerFactory.getLogger(Rights.class);

    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final Duration KEPT_UNKNOWN = Duration.ofSeconds(10);

    /// A page does not wait longer for a hint.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int MOST = 5_000;
    private static final int LONGEST_NAME = 253;
    private static final int CREATED = 201;

    private final KubernetesObjects api;
    private final Map<Question, Mono<Answer>> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Question(Optional<Impersonated> who, Right right) {}

    /// What the API says of a right.
    public enum Answer {
        ALLOWED,
        REFUSED,
        /// It does not say.
        UNKNOWN
    }

    Rights(KubernetesObjects api) {
        this.api = api;
    }

    /// Whether the API said that it would refuse whoever asks in the context; not where it does not say.
    public Mono<Boolean> refused(Right right) {
        return answer(right).map(answer -> answer == Answer.REFUSED);
    }

    /// What the API says of whoever asks in the context.
    public Mono<Answer> answer(Right right) {
        if (right.name().length() > LONGEST_NAME || right.namespace().length() > LONGEST_NAME) {
            return Mono.just(Answer.UNKNOWN);
        }
        return Mono.deferContextual(context -> answer(new Question(Impersonated.of(context), right)));
    }

    private Mono<Answer> answer(Question question) {
        synchronized (known) {
            var answer = known.computeIfAbsent(question, this::asked);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
            return answer;
        }
    }

    private Mono<Answer> asked(Question question) {
        return Mono.fromCallable(() -> said(question))
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(PATIENCE)
                .onErrorReturn(TimeoutException.class, Answer.UNKNOWN)
                .cache(
                        answer -> answer == Answer.UNKNOWN ? KEPT_UNKNOWN : KEPT,
                        _ -> Duration.ZERO,
                        () -> Duration.ZERO);
    }

    private Answer said(Question question) {
        var review = review(question.right());
        var who = question.who();
        return who.isPresent() ? who.get().during(() -> said(review)) : said(review);
    }

    private Answer said(ObjectNode review) {
        try {
            return answer(api.review(review));
        } catch (IOException e) {
            LOG.debug("The API does not say what may be done: {}", e.getMessage());
            return Answer.UNKNOWN;
        }
    }

    private static Answer answer(Reply reply) {
        var status = reply.body().path("status");
        var allowed = status.path("allowed");
        if (reply.status() != CREATED || !allowed.isBoolean()) {
            LOG.debug("The API does not say what may be done: status {}", reply.status());
            return Answer.UNKNOWN;
        }
        boolean sure = status.path("evaluationError").asString("").isEmpty();
        return allowed.asBoolean() ? Answer.ALLOWED : sure ? Answer.REFUSED : Answer.UNKNOWN;
    }

    private static ObjectNode review(Right right) {
        var kind = right.kind().kind();
        var review = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "authorization.k8s.io/v1")
                .put("kind", "SelfSubjectAccessReview");
        review.putObject("spec")
                .putObject("resourceAttributes")
                .put("verb", right.verb())
                .put("group", kind.group())
                .put("version", kind.version())
                .put("resource", kind.plural())
                .put("namespace", right.namespace())
                .put("name", right.name());
        return review;
    }
}
