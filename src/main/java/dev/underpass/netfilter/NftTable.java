package dev.underpass.netfilter;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One table of nft, filled item by item.
final class NftTable {

    private static final Map<String, Integer> PRIORITIES = Map.of(
            "raw", Priority.RAW,
            "mangle", Priority.MANGLE,
            "dstnat", Priority.NAT_DESTINATION,
            "filter", Priority.FILTER,
            "security", Priority.SECURITY,
            "srcnat", Priority.NAT_SOURCE);

    private final String family;
    private final String name;
    private final NftSets sets = new NftSets();
    private final NftStatements statements = new NftStatements(sets);
    private final Map<String, Map<String, ?>> declarations = new LinkedHashMap<>();
    private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
    private final Map<String, Chain> chains = new HashMap<>();
    private long handle;

    NftTable(String family, String name) {
        this.family = family;
        this.name = name;
    }

    String name() {
        return name;
    }

    void handle(long number) {
        handle = number;
    }

    /// Whether packets of the family meet its chains.
    boolean concerns(Family packets) {
        return switch (family) {
            case "ip" -> packets == Family.IPV4;
            case "ip6" -> packets == Family.IPV6;
            default -> family.equals("inet");
        };
    }

    /// Whether iptables could have written it: its own table of one family.
    boolean mayBelongToIptables() {
        return !family.equals("inet") && IptablesTable.NAMES.contains(name);
    }

    void declare(Map<String, ?> chain) {
        var key = Tree.text(chain, "name");
        declarations.putIfAbsent(key, chain);
        rules.putIfAbsent(key, new ArrayList<>());
        if (chain.containsKey("hook") && hook(chain) != null) {
            priority(chain);
        }
    }

    /// A named set or map.
    void define(Map<String, ?> set) {
        sets.define(Tree.text(set, "name"), set);
    }

    void append(Map<String, ?> rule) {
        var chain = Tree.text(rule, "chain");
        var own = rules.get(chain);
        if (own == null) {
            throw new IllegalArgumentException("chain " + chain + " is not declared");
        }
        if (!(rule.get("expr") instanceof List<?> expressions)) {
            throw new IllegalArgumentException("no list \"expr\"");
        }
        own.add(new Rule(family + " " + name, chain, NftText.rule(rule), statements.of(expressions)));
    }

    /// Makes the chains; nothing can be added any more.
    void complete() {
        rules.forEach((chain, own) -> chains.put(chain, new Chain(family + " " + name, chain, own, chains)));
    }

    List<Rule> rules() {
        return rules.values().stream().flatMap(List::stream).toList();
    }

    /// The rules of chains at a device's ingress or egress; all of a table of family netdev.
    List<Rule> deviceRules() {
        boolean bound =
                declarations.values().stream().anyMatch(chain -> chain.containsKey("hook") && hook(chain) == null);
        return bound ? rules() : List.of();
    }

    Map<String, Long> registrations() {
        var registrations = new HashMap<String, Long>();
        declarations.forEach((chain, declaration) -> registrations.put(chain, registered(declaration)));
        return registrations;
    }

    List<BaseChain> baseChains() {
        var base = new ArrayList<BaseChain>();
        declarations.forEach((key, declaration) -> {
            var chain = chains.get(key);
            var hook = hook(declaration);
            if (chain != null && hook != null) {
                base.add(baseChain(chain, hook, declaration));
            }
        });
        return base;
    }

    private BaseChain baseChain(Chain chain, Hook hook, Map<String, ?> declaration) {
        var type = Tree.textOrEmpty(declaration, "type");
        var policy = Tree.textOrEmpty(declaration, "policy");
        int priority = priority(declaration);
        return new BaseChain(
                chain,
                hook,
                type(type),
                priority,
                registered(declaration),
                policy.equals("drop") ? Verdict.Plain.DROP : Verdict.Plain.ACCEPT,
                "type %s hook %s priority %d; policy %s;"
                        .formatted(type, hook.name().toLowerCase(Locale.ROOT), priority, policy));
    }

    private static BaseChain.Type type(String type) {
        return switch (type) {
            case "nat" -> BaseChain.Type.NAT;
            case "route" -> BaseChain.Type.ROUTE;
            default -> BaseChain.Type.FILTER;
        };
    }

    /// Tables get their handles in the order of their making, chains within each table.
    private long registered(Map<String, ?> declaration) {
        return (handle << Integer.SIZE) + Tree.number(declaration, "handle");
    }

    /// The hook of a base chain; null for other chains and for those of devices.
    private static @Nullable Hook hook(Map<String, ?> declaration) {
        return switch (Tree.textOrEmpty(declaration, "hook")) {
            case "prerouting" -> Hook.PREROUTING;
            case "input" -> Hook.INPUT;
            case "forward" -> Hook.FORWARD;
            case "output" -> Hook.OUTPUT;
            case "postrouting" -> Hook.POSTROUTING;
            default -> null;
        };
    }

    private static int priority(Map<String, ?> declaration) {
        var priority = declaration.get("prio");
        if (priority instanceof Number number) {
            return number.intValue();
        }
        var known = PRIORITIES.get(String.valueOf(priority));
        if (known != null) {
            return known;
        }
        throw new IllegalArgumentException("no priority: " + priority);
    }
}
