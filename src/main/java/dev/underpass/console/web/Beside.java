package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.recordings.OpenRecordings;
import dev.underpass.console.recordings.Recording;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// What somebody wants to hold a Pod against: another one, the same one as a recording has it, or both.
///
/// @param pod as it was typed; empty for the same one
/// @param cluster what it is looked up in; absent for what `error` says
record Beside(String pod, @Nullable ClusterView cluster, Sentence error) {

    private static final String AT = "@";

    /// So many recordings are offered; any other can be typed.
    private static final int CHOICES = 100;

    /// @param typed `NAMESPACE/NAME`, `@RECORDING` or `NAMESPACE/NAME@RECORDING`
    static Mono<Beside> of(String typed, ClusterView now, OpenRecordings recordings) {
        int at = typed.indexOf(AT);
        if (at < 0) {
            return Mono.just(new Beside(typed, now, Sentence.NONE));
        }
        var pod = typed.substring(0, at).strip();
        return recordings
                .view(typed.substring(at + 1).strip())
                .map(then -> new Beside(pod, then, Sentence.NONE))
                .onErrorResume(NotFoundException.class, e -> Mono.just(new Beside(pod, null, e.sentence())))
                .onErrorResume(RefusedException.class, e -> Mono.just(new Beside(pod, null, e.sentence())));
    }

    /// A Pod itself at some time.
    ///
    /// @param written as it is typed
    record Moment(Instant at, String written) {}

    /// The times of the newest recordings.
    static List<Moment> times(List<Recording> newestFirst) {
        return newestFirst.stream()
                .limit(CHOICES)
                .map(recording -> new Moment(recording.at(), AT + recording.id()))
                .toList();
    }

    /// The name as it was typed, or that of the Pod that it is held against.
    String podOr(ObjectName same) {
        return pod.isBlank() ? same.toString() : pod;
    }
}
