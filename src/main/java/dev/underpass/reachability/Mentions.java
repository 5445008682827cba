package dev.underpass.reachability;

import static java.util.stream.Collectors.toSet;

import dev.underpass.net.Neighbour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where in the whole cluster an address, a device or anything else is named, by the word.
final class Mentions {

    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern WIDE =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*)(/\\d{1,3}|-\\S+)");

    /// A mask that is no length: iptables prints one that has holes so.
    private static final Pattern MASKED = Pattern.compile("[0-9a-fA-F.:]+/[0-9a-fA-F]*[.:][0-9a-fA-F.:]*");

    private final Map<Host, Map<String, List<List<String>>>> lines = new HashMap<>();
    private final Map<Host, Set<String>> devices = new HashMap<>();
    private final Map<String, Set<Host>> hosts = new HashMap<>();
    private final Map<Host, List<Neighbour>> neighbours = new HashMap<>();
    private final Ranges ranges = new Ranges();

    Mentions(World world) {
        for (var host : world.hosts()) {
            read(host);
        }
    }

    /// The ranges of addresses that anything names.
    Ranges ranges() {
        return ranges;
    }

    /// The lines of a namespace that have the word, but for the neighbours of a namespace.
    List<List<String>> in(Host host, String word) {
        return lines.getOrDefault(host, Map.of()).getOrDefault(word, List.of());
    }

    /// The namespaces that have lines with the word.
    Set<Host> hosts(String word) {
        return hosts.getOrDefault(word, Set.of());
    }

    List<Neighbour> neighbours(Host host) {
        return neighbours.getOrDefault(host, List.of());
    }

    private void read(Host host) {
        var state = host.report().network();
        if (state.links() != null) {
            devices.put(
                    host,
                    state.links().stream().map(link -> link.name().value()).collect(toSet()));
        }
        for (var section : sections(host)) {
            if (section != null) {
                section.forEach(item -> index(host, Words.of(item)));
            }
        }
        if (state.sysctls() != null) {
            state.sysctls().forEach((name, value) -> index(host, sysctl(name, value)));
        }
        neighbours.put(host, state.neighbours() == null ? List.of() : state.neighbours());
        neighbours(host).forEach(entry -> {
            name(host, entry.address().toString());
            if (entry.lladdr() != null) {
                name(host, entry.lladdr().toString());
            }
        });
        readFilters(host);
    }

    static List<String> sysctl(String name, String value) {
        var words = new ArrayList<>(List.of(name.split("\\.", -1)));
        words.add(value);
        return words;
    }

    /// What is read of a namespace as lists of lines, but for its neighbours; null where it was not observed.
    static List<@Nullable List<?>> sections(Host host) {
        var report = host.report();
        var state = report.network();
        return Arrays.asList(
                state.links(),
                state.addresses(),
                state.rules(),
                state.rules6(),
                state.routes(),
                state.routes6(),
                state.proxyNeighbours(),
                report.ipvs(),
                report.listeners());
    }

    private void readFilters(Host host) {
        var byChain = new HashMap<String, List<List<String>>>();
        for (var line : FilterLines.of(host.report().filters())) {
            line.words().forEach(this::addRange);
            if (isEndpoint(line.chain())) {
                byChain.computeIfAbsent(line.chain(), _ -> new ArrayList<>()).add(line.words());
            } else {
                index(host, line.words());
            }
        }
        byChain.values().stream()
                .filter(chain -> !sendsOnlyTo(chain))
                .forEach(chain -> chain.forEach(words -> index(host, words)));
    }

    /// What kube-proxy calls the chain of one endpoint, in iptables and in nftables mode.
    private static boolean isEndpoint(String chain) {
        return chain.startsWith("KUBE-SEP-") || chain.startsWith("endpoint-");
    }

    /// Whether the chain knows one address alone, and translates to it: it makes a difference for connections to that
    /// address only, and each of those shows that it went there.
    private static boolean sendsOnlyTo(List<List<String>> chain) {
        var addresses = new HashSet<String>();
        boolean translates = false;
        for (var words : chain) {
            words.stream().filter(Mentions::isAddress).forEach(addresses::add);
            translates |= words.contains("DNAT") || words.contains("dnat=");
        }
        return translates && addresses.size() == 1;
    }

    private void addRange(String word) {
        boolean mayBe = word.indexOf('/') > 0 || word.indexOf('-') > 0;
        boolean byValue = word.equals(FilterLines.BY_VALUE);
        if (byValue
                || (mayBe
                        && (WIDE.matcher(word).matches() || MASKED.matcher(word).matches()))) {
            ranges.add(word);
        }
    }

    private void index(Host host, List<String> words) {
        for (var word : words) {
            addRange(word);
            if (!namesSomething(host, word)) {
                continue;
            }
            lines.computeIfAbsent(host, _ -> new HashMap<>())
                    .computeIfAbsent(word, _ -> new ArrayList<>())
                    .add(words);
            if (isAddress(word)) {
                name(host, word);
            }
        }
    }

    private static boolean isAddress(String word) {
        boolean mayBe = word.indexOf('.') > 0 || word.indexOf(':') >= 0;
        return mayBe && ADDRESS.matcher(word).matches();
    }

    private boolean namesSomething(Host host, String word) {
        return isAddress(word) || devices.getOrDefault(host, Set.of()).contains(word);
    }

    private void name(Host host, String word) {
        hosts.computeIfAbsent(word, _ -> new HashSet<>()).add(host);
    }
}
