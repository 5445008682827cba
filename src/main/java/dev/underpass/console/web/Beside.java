package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.recordings.OpenRecordings;
import dev.underpass.console.recordings.Recording;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// What somebody wants to hold a Pod against: another one, the same one as a recording has it, or both.
///
/// @param pod as it was typed; empty for the same one
/// @param at what leads to the recording, as it was typed; empty where it is of now
/// @param cluster what it is looked up in; absent for what `error` says
record Beside(String pod, String at, @Nullable ClusterView cluster, Sentence error) {

    private static final String AT = "@";

    /// So many recordings are offered; any other can be typed.
    private static final int CHOICES = 100;

    /// @param typed `NAMESPACE/NAME`, `@RECORDING` or `NAMESPACE/NAME@RECORDING`
    static Mono<Beside> of(String typed, ClusterView now, OpenRecordings recordings) {
        int at = typed.indexOf(AT);
        if (at < 0) {
            return Mono.just(new Beside(typed, "", now, Sentence.NONE));
        }
        var pod = typed.substring(0, at).strip();
        var recording = typed.substring(at + 1).strip();
        return recordings
                .view(recording)
                .map(then -> new Beside(pod, AT + recording, then, Sentence.NONE))
                .onErrorResume(NotFoundException.class, e -> Mono.just(unknown(pod, e.sentence())))
                .onErrorResume(RefusedException.class, e -> Mono.just(unknown(pod, e.sentence())));
    }

    private static Beside unknown(String pod, Sentence error) {
        return new Beside(pod, "", null, error);
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

    /// What may be meant instead, where the recording has no such Pod and `here` has.
    SameWorkload instead(ClusterView here, ObjectName same) {
        if (cluster == null || at.isEmpty()) {
            return SameWorkload.NONE;
        }
        var wanted = podOr(same);
        if (pod(cluster, wanted).isPresent()) {
            return SameWorkload.NONE;
        }
        return pod(here, wanted).map(each -> SameWorkload.of(each, cluster, at)).orElse(SameWorkload.NONE);
    }

    private static Optional<Pod> pod(ClusterView cluster, String name) {
        return cluster.pods().stream()
                .map(each -> each.analysis().pod())
                .filter(each -> each.name().toString().equals(name))
                .findFirst();
    }
}
