package dev.underpass.netfilter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The stages of every hook for one address family.
final class Stages {

    /// At one priority: the kernel's own first, then the chain that was registered last.
    private static final Comparator<BaseChain> CALLED_FIRST = Comparator.comparingInt(BaseChain::priority)
            .thenComparing(BaseChain::registered, Comparator.reverseOrder());

    private final Map<Hook, List<Stage>> byHook = new EnumMap<>(Hook.class);

    Stages(List<BaseChain> chains) {
        boolean translates = chains.stream().anyMatch(chain -> chain.type() == BaseChain.Type.NAT);
        for (var hook : Hook.values()) {
            byHook.put(hook, stages(hook, chains, translates && hook != Hook.FORWARD));
        }
    }

    private static List<Stage> stages(Hook hook, List<BaseChain> all, boolean translates) {
        var chains = all.stream()
                .filter(chain -> chain.hook() == hook)
                .sorted(CALLED_FIRST)
                .toList();
        var stages = new ArrayList<Stage>();
        if (hook == Hook.PREROUTING || hook == Hook.OUTPUT) {
            stages.add(new Stage.Track());
        }
        if (translates) {
            int priority = Manip.at(hook) == Manip.SOURCE ? Priority.NAT_SOURCE : Priority.NAT_DESTINATION;
            stages.add(new Stage.Nat(
                    priority, chains.stream().filter(Stages::isNat).toList()));
        }
        chains.stream().filter(chain -> !isNat(chain)).map(Stage.Filter::new).forEach(stages::add);
        if (hook == Hook.INPUT || hook == Hook.POSTROUTING) {
            stages.add(new Stage.Confirm());
        }
        stages.sort(Comparator.comparingInt(Stage::priority));
        return List.copyOf(stages);
    }

    private static boolean isNat(BaseChain chain) {
        return chain.type() == BaseChain.Type.NAT;
    }

    List<Stage> at(Hook hook) {
        return byHook.getOrDefault(hook, List.of());
    }
}
