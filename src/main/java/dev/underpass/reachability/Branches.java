package dev.underpass.reachability;

import dev.underpass.netfilter.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Walks through every combination of choices that a connection meets, one after the other, depth first.
final class Branches implements Choices {

    /// @param kind why there is a choice
    /// @param rule the rule that offers it
    record Pick(Kind kind, String rule, int alternatives, int chosen) {}

    private final List<Pick> picks = new ArrayList<>();
    private int position;

    @Override
    public int choose(Kind kind, String rule, int alternatives) {
        if (position == picks.size()) {
            picks.add(new Pick(kind, rule, alternatives, 0));
        }
        return picks.get(position++).chosen();
    }

    /// What was chosen in the run just made.
    List<Pick> picks() {
        return List.copyOf(picks.subList(0, position));
    }

    /// The first rule in the run just made that could not be evaluated.
    Optional<String> unknownRule() {
        return picks().stream()
                .filter(pick -> pick.kind() == Kind.UNKNOWN_RULE)
                .map(Pick::rule)
                .findFirst();
    }

    /// Sets up the next combination.
    ///
    /// @return false when all were tried
    boolean next() {
        while (!picks.isEmpty()) {
            var last = picks.removeLast();
            if (last.chosen() + 1 < last.alternatives()) {
                picks.add(new Pick(last.kind(), last.rule(), last.alternatives(), last.chosen() + 1));
                position = 0;
                return true;
            }
        }
        return false;
    }
}
