package dev.underpass.diagnosis;

import dev.underpass.cluster.Pod;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.coordinator.EffectiveSettings;
import dev.underpass.coordinator.ExpectedPlan;
import dev.underpass.coordinator.PodNetwork;
import java.util.List;

/// What is known and worked out of one Pod, without its reachability.
public record PodAnalysis(
        Pod pod, PodNetwork network, EffectiveSettings settings, ExpectedPlan plan, List<DriftItem> drift) {

    public PodAnalysis {
        drift = List.copyOf(drift);
    }
}
