package dev.underpass.net;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.underpass.net.FibResult.Passed;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// The routing policy database of one namespace and family: rules by priority, each table by longest prefix.
///
/// It follows `fib_rules_lookup` and `fib_table_lookup` of the kernel: a table without a match, a `throw` route and a
/// suppressed match go on to the next rule; everything else ends the lookup.
public final class Fib {

    private final List<PolicyRule> rules;
    private final Map<TableId, RouteTable> tables;
    private final BiPredicate<Route, NextHop> usable;
    private final BiPredicate<Route, NextHop> preferred;

    /// @param rules in any order
    /// @param routes of all tables, of one family, in the kernel's order
    /// @param usable whether packets may leave by that next hop: its device is up, the route is not dead
    /// @param answers whether a table takes other routes only if it has none with such a next hop
    Fib(
            List<PolicyRule> rules,
            List<Route> routes,
            BiPredicate<Route, NextHop> usable,
            BiPredicate<Route, NextHop> answers) {
        this.rules = rules.stream()
                .sorted(Comparator.comparingLong(PolicyRule::priority))
                .toList();
        this.tables = routes.stream().collect(groupingBy(Route::table, collectingAndThen(toList(), RouteTable::new)));
        this.usable = usable;
        this.preferred = usable.and(answers);
    }

    private Fib(Fib other, Map<TableId, RouteTable> tables) {
        this.rules = other.rules;
        this.tables = tables;
        this.usable = other.usable;
        this.preferred = other.preferred;
    }

    /// The same rules and routes, but for a line that a lookup here has found.
    Fib without(Route route) {
        var others = new HashMap<>(tables);
        others.computeIfPresent(route.table(), (_, table) -> table.without(route));
        return new Fib(this, others);
    }

    /// The rules by priority.
    public List<PolicyRule> rules() {
        return rules;
    }

    /// Whether somebody added rules to the kernel's three; changes how martian sources are found.
    public boolean hasCustomRules() {
        return rules.stream()
                .anyMatch(rule -> !(rule.selector().takesAll()
                        && rule.action() instanceof PolicyRule.Action.Lookup(var table, var _, var _)
                        && isBuiltIn(rule.priority(), table)));
    }

    private static boolean isBuiltIn(long priority, TableId table) {
        return (priority == 0 && table.equals(TableId.LOCAL))
                || (priority == 32766 && table.equals(TableId.MAIN))
                || (priority == 32767 && table.name().equals("default"));
    }

    /// What happens to a packet.
    public FibResult lookup(Flow flow) {
        var passed = new ArrayList<Passed>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            if (!RuleMatch.matches(rule.selector(), flow, rule)) {
                passed.add(new Passed(rule, Phrases.DOES_NOT_MATCH.with()));
                continue;
            }
            switch (rule.action()) {
                case PolicyRule.Action.Lookup lookup -> {
                    var result = consult(rule, lookup, flow, passed);
                    if (result.isPresent()) {
                        return result.get();
                    }
                }
                case PolicyRule.Action.Refuse(var type) -> {
                    return new FibResult.Refused(rule, type, rule.toString(), passed);
                }
                case PolicyRule.Action.Goto(var target) -> {
                    passed.add(new Passed(rule, Phrases.GOES_TO.with(target)));
                    i = indexOf(target).orElse(i + 1) - 1;
                }
                case PolicyRule.Action.Nop _ -> passed.add(new Passed(rule, Phrases.DOES_NOTHING.with()));
                case PolicyRule.Action.LookupL3mdev _ -> passed.add(new Passed(rule, Phrases.NO_VRF.with()));
            }
        }
        return new FibResult.NoRoute(passed);
    }

    private Optional<Integer> indexOf(long priority) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).priority() == priority) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /// The result of one rule's table; empty when the lookup goes on with the next rule.
    private Optional<FibResult> consult(
            PolicyRule rule, PolicyRule.Action.Lookup lookup, Flow flow, List<Passed> passed) {
        var result = inTable(rule, lookup.table(), flow, passed);
        if (result == null) {
            return Optional.empty();
        }
        if (result instanceof FibResult.Found found && suppressed(lookup, found)) {
            passed.add(new Passed(rule, Phrases.SUPPRESSED.with(found.route())));
            return Optional.empty();
        }
        return Optional.of(result);
    }

    private static boolean suppressed(PolicyRule.Action.Lookup lookup, FibResult.Found found) {
        if (lookup.suppressGroup() != null) {
            throw new NotObservedException(Phrases.DEVICE_GROUP.with(found.route()));
        }
        return found.route().destination().length() <= lookup.suppressPrefixLength();
    }

    private @Nullable FibResult inTable(PolicyRule rule, TableId table, Flow flow, List<Passed> passed) {
        var routes = tables.get(table);
        if (routes == null) {
            passed.add(new Passed(rule, Phrases.EMPTY_TABLE.with(table)));
            return null;
        }
        var candidates = routes.candidates(flow.destination());
        var match = match(candidates, flow, preferred).or(() -> match(candidates, flow, usable));
        if (match.isEmpty()) {
            passed.add(new Passed(rule, Phrases.NO_MATCH.with(table)));
            return null;
        }
        var route = match.get().route();
        if (route.type() == Route.Type.THROW) {
            passed.add(new Passed(rule, Sentence.line(route.toString())));
            return null;
        }
        return route.type().refuses()
                ? new FibResult.Refused(rule, route.type(), route.toString(), passed)
                : new FibResult.Found(rule, route, match.get().hops(), passed);
    }

    /// A route that ends the search, with the next hops that it may take.
    private record Match(Route route, List<NextHop> hops) {}

    private static Optional<Match> match(List<Route> candidates, Flow flow, BiPredicate<Route, NextHop> usable) {
        return candidates.stream()
                .filter(route -> route.typeOfService() == 0 || route.typeOfService() == flow.typeOfService())
                .map(route -> new Match(route, usableHops(route, flow.outgoing(), usable)))
                .filter(match -> match.route().type() == Route.Type.THROW
                        || match.route().type().refuses()
                        || !match.hops().isEmpty())
                .findFirst();
    }

    private static List<NextHop> usableHops(
            Route route, @Nullable DeviceName outgoing, BiPredicate<Route, NextHop> usable) {
        return route.nextHops().stream()
                .filter(hop -> outgoing == null || outgoing.equals(hop.device()))
                .filter(hop -> usable.test(route, hop))
                .toList();
    }

    /// The type of the route in table `local` that covers the address, as `inet_addr_type` finds it.
    public Optional<Route> local(IpAddress address) {
        var table = tables.get(TableId.LOCAL);
        return table == null
                ? Optional.empty()
                : table.candidates(address).stream().findFirst();
    }
}
