package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of a chain, found by destination: a node has tens of thousands that each ask for one
/// address.
final class RuleIndex {

    private final List<Rule> rules;
    /// Numbers of the rules that ask for exactly this destination, ascending.
    private final Map<IpAddress, int[]> byDestination;
    /// Numbers of all other rules, ascending.
    private final int[] general;

    RuleIndex(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        var destinations = new HashMap<IpAddress, List<Integer>>();
        var others = new ArrayList<Integer>();
        for (int i = 0; i < rules.size(); i++) {
            var destination = destination(rules.get(i));
            (destination == null ? others : destinations.computeIfAbsent(destination, _ -> new ArrayList<>())).add(i);
        }
        var byAddress = new HashMap<IpAddress, int[]>();
        destinations.forEach((address, numbers) -> byAddress.put(address, array(numbers)));
        byDestination = Map.copyOf(byAddress);
        general = array(others);
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static @Nullable IpAddress destination(Rule rule) {
        for (var statement : rule.statements()) {
            if (statement instanceof Condition.OneOf(Expression.Field(Selector selector, var _, var _), var right)
                    && selector == Selector.DESTINATION
                    && right.others().isEmpty()
                    && right.exact().size() == 1
                    && right.exact().keySet().iterator().next() instanceof Value.Address(var address)) {
                return address;
            }
            if (!(statement instanceof Condition)) {
                return null;
            }
        }
        return null;
    }

    List<Rule> all() {
        return rules;
    }

    Rule at(int number) {
        return rules.get(number);
    }

    /// The first rule from this number on that may match the destination; -1 if there is none.
    int next(int from, IpAddress destination) {
        int one = atOrAfter(general, from);
        int other = atOrAfter(byDestination.getOrDefault(destination, new int[0]), from);
        return one < 0 || other < 0 ? Math.max(one, other) : Math.min(one, other);
    }

    private static int atOrAfter(int[] ascending, int from) {
        int found = Arrays.binarySearch(ascending, from);
        int place = found < 0 ? -found - 1 : found;
        return place == ascending.length ? -1 : ascending[place];
    }
}
