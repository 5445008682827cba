package dev.underpass.console.mutes;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.Phrases;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Finding.Kind;
import dev.underpass.words.Sentence;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How much a finding was when somebody muted it: who muted that did not mean more.
///
/// @param places the namespaces and nodes that it hit, as kubectl names them: `namespace/default`, `node/node1`
record Extent(Kind kind, List<String> places, int pods, int services) {

    private static final int NAMED = 5;

    Extent {
        places = List.copyOf(places);
    }

    static Extent of(Finding finding) {
        var affected = finding.affected();
        var namespaces = Stream.of(affected.pods(), affected.services())
                .flatMap(Collection::stream)
                .map(ObjectName::namespace)
                .distinct()
                .map("namespace/"::concat);
        var nodes = affected.nodes().stream().map(node -> "node/" + node.value());
        return new Extent(
                finding.kind(),
                Stream.concat(namespaces, nodes).sorted().toList(),
                affected.pods().size(),
                affected.services().size());
    }

    /// In what it is more than another was; empty if in nothing. The same Pods come and go: a rollout may have twice
    /// as many of them for a while.
    Sentence beyond(Extent muted) {
        if (kind == Kind.FAULT && muted.kind == Kind.LIMITATION) {
            return Phrases.MUTE_FAULT.with();
        }
        var others = new TreeSet<>(places);
        muted.places.forEach(others::remove);
        if (!others.isEmpty()) {
            return Phrases.MUTE_PLACES.with(named(others));
        }
        if (pods > 2L * muted.pods) {
            return Phrases.MUTE_PODS.with(pods, muted.pods);
        }
        return services > 2L * muted.services ? Phrases.MUTE_SERVICES.with(services, muted.services) : Sentence.NONE;
    }

    private static String named(Collection<String> places) {
        return String.join(", ", places.stream().limit(NAMED).toList()) + (places.size() > NAMED ? ", …" : "");
    }
}
