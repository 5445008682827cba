package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Networks whose own coordinator settings win over an edited SpiderCoordinator.
final class HiddenEdits {

    /// Spiderpool's controller reads it of the SpiderCoordinator; networks have no say in it.
    private static final String OF_THE_CONTROLLER = "podCIDRType";

    private HiddenEdits() {}

    /// One sentence for each field and network.
    static List<Sentence> of(ClusterSnapshot now, ClusterSnapshot edited) {
        var before = given(now);
        var after = given(edited);
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .filter(field -> !Objects.equals(before.get(field), after.get(field)))
                .filter(field -> !field.equals(OF_THE_CONTROLLER))
                .flatMap(field ->
                        edited.spiderpool().networkAttachments().stream().flatMap(network -> hidden(network, field)))
                .toList();
    }

    private static Map<String, Object> given(ClusterSnapshot snapshot) {
        return snapshot.spiderpool().coordinators().stream()
                .findFirst()
                .map(coordinator -> coordinator.settings().given())
                .orElse(Map.of());
    }

    private static Stream<Sentence> hidden(NetworkAttachment network, String field) {
        var own = network.coordinator() == null
                ? null
                : network.coordinator().given().get(field);
        return own == null ? Stream.empty() : Stream.of(Phrases.HIDDEN.with(field, network.name(), own));
    }
}
