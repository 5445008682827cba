package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.diagnosis.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.util.UriUtils;

/// Finds pages, objects and actions by what somebody types.
///
/// @param text in lower case
record PaletteSearch(String text) {

    static final int MOST = 20;
    private static final int LONGEST = 300;
    private static final Pattern TRACE = Pattern.compile("(?:trace\\s+)?(?:from\\s+)?(\\S+)\\s+(?:to|->|→)\\s+(\\S+)");

    private static final List<String> PAGES = List.of(
            "overview",
            "trace",
            "reachability",
            "findings",
            "topology",
            "pods",
            "services",
            "nodes",
            "coordinator",
            "networks",
            "access",
            "pools",
            "reservedips",
            "changes",
            "recordings",
            "views",
            "setup",
            "settings");

    /// What can be done from anywhere, by the message `palette.action.KEY` that names it.
    private static final Map<String, String> ACTIONS = Map.of(
            "failing", "/pods?q=verdict:unreachable",
            "undetermined", "/pods?q=verdict:undetermined",
            "settings", "/coordinator/edit",
            "pool", "/pools/new",
            "network", "/networks/new",
            "reserved", "/reservedips/new");

    /// What can be done with a Pod: a word before its name, and where that leads beneath its address.
    private static final Pattern WITH_POD = Pattern.compile("(trace|routes|services|interfaces|events|yaml)\\s+(\\S+)");

    /// One thing that was found.
    ///
    /// @param kind the message `palette.KIND` names it
    /// @param rank how well it fits: 0 is best
    record Hit(String kind, String title, String detail, String href, int rank) {}

    static PaletteSearch of(String typed) {
        var text = typed.strip();
        return new PaletteSearch(
                text.substring(0, Math.min(text.length(), LONGEST)).toLowerCase(Locale.ROOT));
    }

    /// The best that is found, at most `MOST`.
    ///
    /// @param title the name of a page by its key
    /// @param views those that people saved
    /// @param action what an action is called, by its key and the Pod's name if it is of one
    List<Hit> among(
            ClusterView cluster,
            List<SavedView> views,
            Function<String, String> title,
            BiFunction<String, String, String> action) {
        var hits = new ArrayList<Hit>();
        var trace = TRACE.matcher(text);
        if (trace.matches()) {
            hits.add(trace(trace.group(1), trace.group(2), 0));
        }
        hits.addAll(pages(title));
        if (!text.isEmpty()) {
            hits.addAll(actions(action));
            hits.addAll(withPods(cluster, action));
            views.forEach(view -> hit(
                            new Hit("view", view.name(), view.to(), "/views/" + segment(view.id()), 0), view.name())
                    .forEach(hits::add));
            Stream.of(pods(cluster), services(cluster), nodes(cluster), configuration(cluster), codes())
                    .flatMap(each -> each)
                    .forEach(hits::add);
        }
        return hits.stream()
                .sorted(Comparator.comparingInt(Hit::rank))
                .limit(MOST)
                .toList();
    }

    private static Hit trace(String from, String to, int rank) {
        return new Hit("trace", from + " → " + to, "", "/trace?from=" + query(from) + "&to=" + query(to), rank);
    }

    private List<Hit> pages(Function<String, String> title) {
        return PAGES.stream()
                .map(page -> new Hit("page", title.apply(page), "", address(page), 0))
                .flatMap(hit -> hit(hit, hit.title(), hit.href().substring(1)))
                .toList();
    }

    private List<Hit> actions(BiFunction<String, String, String> name) {
        return ACTIONS.entrySet().stream()
                .map(action -> new Hit("action", name.apply(action.getKey(), ""), "", action.getValue(), 0))
                .sorted(Comparator.comparing(Hit::title))
                .flatMap(hit -> hit(hit, hit.title()))
                .toList();
    }

    /// The verb's action with each Pod that the word after it is a part of.
    private List<Hit> withPods(ClusterView cluster, BiFunction<String, String, String> name) {
        var words = WITH_POD.matcher(text);
        if (!words.matches()) {
            return List.of();
        }
        var verb = words.group(1);
        var search = new PaletteSearch(words.group(2));
        return search.pods(cluster)
                .map(pod -> new Hit(
                        "action",
                        name.apply(verb, pod.title()),
                        pod.detail(),
                        verb.equals("trace") ? "/trace?from=" + query(pod.title()) : pod.href() + "/" + verb,
                        pod.rank()))
                .sorted(Comparator.comparingInt(Hit::rank))
                .limit(MOST)
                .toList();
    }

    private static String address(String page) {
        return switch (page) {
            case "overview" -> "/";
            case "access" -> WizardQuestion.PATH;
            default -> "/" + page;
        };
    }

    private Stream<Hit> pods(ClusterView cluster) {
        return cluster.pods().stream().flatMap(pod -> {
            var name = pod.name();
            var addresses = words(cluster, pod);
            var matching =
                    addresses.stream().filter(each -> each.startsWith(text)).toList();
            var href = "/pods/" + path(name);
            return hit(
                    new Hit("pod", name.toString(), String.join(" ", matching), href, 0),
                    Stream.concat(Stream.of(name.toString(), name.name()), matching.stream())
                            .toArray(String[]::new));
        });
    }

    /// A Pod's addresses: of its NICs, and of their links where they were reported.
    private List<String> words(ClusterView cluster, PodSummary pod) {
        var words = new ArrayList<String>();
        pod.analysis().network().nics().forEach(nic -> nic.addresses().forEach(each -> words.add(each.toString())));
        if (text.contains(":")) {
            var devices = PodTabs.interfaces(cluster, pod).devices();
            if (devices != null) {
                devices.forEach(device -> words.add(String.valueOf(device.link().address())));
            }
        }
        return words;
    }

    private Stream<Hit> services(ClusterView cluster) {
        return cluster.analysis().snapshot().services().stream().flatMap(service -> {
            var addresses = Stream.of(service.clusterIps(), service.externalIps(), service.loadBalancerIps())
                    .flatMap(List::stream)
                    .map(Object::toString)
                    .filter(each -> each.startsWith(text))
                    .toList();
            var name = service.name();
            return hit(
                    new Hit("service", name.toString(), String.join(" ", addresses), "/services/" + path(name), 0),
                    Stream.concat(Stream.of(name.toString(), name.name()), addresses.stream())
                            .toArray(String[]::new));
        });
    }

    private Stream<Hit> nodes(ClusterView cluster) {
        return cluster.analysis().snapshot().nodes().stream().flatMap(node -> {
            var addresses = node.addresses().stream()
                    .map(Object::toString)
                    .filter(each -> each.startsWith(text))
                    .toList();
            var name = node.name().value();
            return hit(
                    new Hit("node", name, String.join(" ", addresses), "/nodes/" + segment(name), 0),
                    Stream.concat(Stream.of(name), addresses.stream()).toArray(String[]::new));
        });
    }

    private Stream<Hit> configuration(ClusterView cluster) {
        var spiderpool = cluster.analysis().snapshot().spiderpool();
        var pools = spiderpool.ipPools().stream()
                .flatMap(pool -> hit(
                        new Hit("pool", pool.name(), pool.subnet().toString(), "/pools/" + segment(pool.name()), 0),
                        pool.name(),
                        pool.subnet().toString()));
        var networks = spiderpool.networkAttachments().stream()
                .flatMap(network -> hit(
                        new Hit("network", network.name().toString(), "", "/networks/" + path(network.name()), 0),
                        network.name().toString(),
                        network.name().name()));
        return Stream.concat(pools, networks);
    }

    private Stream<Hit> codes() {
        return Stream.of(Code.values())
                .flatMap(code -> hit(
                        new Hit("code", code.name() + " " + code.title(), "", "/findings/" + code.name(), 0),
                        code.name(),
                        code.title()));
    }

    /// The hit with the best rank that one of its words gives it; none where none fits.
    private Stream<Hit> hit(Hit hit, String... words) {
        int best = Stream.of(words).mapToInt(this::rank).min().orElse(Integer.MAX_VALUE);
        return best == Integer.MAX_VALUE
                ? Stream.empty()
                : Stream.of(new Hit(hit.kind(), hit.title(), hit.detail(), hit.href(), best));
    }

    private int rank(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals(text)) {
            return 0;
        }
        if (lower.startsWith(text)) {
            return 1;
        }
        return lower.contains(text) ? 2 : Integer.MAX_VALUE;
    }

    private static String path(ObjectName name) {
        return segment(name.namespace()) + "/" + segment(name.name());
    }

    private static String segment(String text) {
        return UriUtils.encodePathSegment(text, StandardCharsets.UTF_8);
    }

    private static String query(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
