package dev.underpass.reachability;

import static java.util.stream.Collectors.joining;

import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NotObservedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which Pods are alike: were two of one node to change places, with their addresses and devices, nothing in the
/// cluster would be different, but for neighbour entries that say no more than the answer to a question would, and for
/// kube-proxy's chains for the two as endpoints.
///
/// So what becomes of connections of one of them, to anything but one of the two, becomes of the other's as well.
public final class Likeness {

    private static final List<String> ANSWERING = List.of("arp_ignore", "arp_filter", "rp_filter");

    private final World world;
    private final Mentions mentions;
    private final Map<IpAddress, List<Host>> holders = new HashMap<>();
    private final Map<String, Integer> devices = new HashMap<>();

    Likeness(World world) {
        this.world = world;
        this.mentions = new Mentions(world);
        var router = world.router();
        router.serviceCidrs().forEach(mentions.ranges()::add);
        router.overlayCidrs().forEach(mentions.ranges()::add);
        router.subnets().forEach(mentions.ranges()::add);
        for (var host : world.hosts()) {
            host.ownAddresses()
                    .forEach(address -> holders.computeIfAbsent(address, _ -> new ArrayList<>())
                            .add(host));
            links(host).forEach(link -> devices.merge(String.valueOf(link.address()), 1, Integer::sum));
        }
    }

    /// What Pods of the node that are alike have in common; empty for a Pod that is like no other.
    public Optional<String> of(ObjectName pod) {
        return world.pod(pod).flatMap(this::of);
    }

    /// The Pod's own addresses: what goes to one of them is not alike for others.
    public List<IpAddress> addresses(ObjectName pod) {
        return world.pod(pod).map(host -> host.ownAddresses().toList()).orElse(List.of());
    }

    private Optional<String> of(Host pod) {
        var node = world.node(pod.node());
        try {
            return node.filter(_ -> isTold(pod)).flatMap(host -> text(pod, host));
        } catch (NotObservedException _) {
            return Optional.empty();
        }
    }

    /// Whether nothing is missing or doubled that would tell the Pod from others.
    private boolean isTold(Host pod) {
        var state = pod.report().network();
        return state.links() != null
                && state.addresses() != null
                && mentions.ranges().unread().isEmpty()
                && pod.ownAddresses().allMatch(address -> isLinkLocal(address) || isAlone(address))
                && links(pod).stream()
                        .filter(link -> link.address() != null && !link.loopback())
                        .allMatch(link -> devices.getOrDefault(String.valueOf(link.address()), 0) == 1);
    }

    private boolean isAlone(IpAddress address) {
        return holders.getOrDefault(address, List.of()).size() == 1
                && !world.router().has(address);
    }

    private static boolean isLinkLocal(IpAddress address) {
        return address.family() == Family.IPV6 && address.toString().startsWith("fe80:");
    }

    private static List<Link> links(Host host) {
        return Objects.requireNonNullElse(host.report().network().links(), List.of());
    }

    private Optional<String> text(Host pod, Host node) {
        var roles = new OwnWords(world, devices, pod, node);
        var lines = new ArrayList<String>();
        if (!isOnlyKnownCorrectly(pod, node)) {
            return Optional.empty();
        }
        lines.add(node.place().toString());
        ofPod(pod, roles.inside(), lines);
        ofNode(node, roles.outside(), lines);
        roles.peers().forEach(lines::add);
        pod.ownAddresses()
                .filter(address -> !isLinkLocal(address))
                .map(address -> roles.inside().get(address.toString()) + " in "
                        + mentions.ranges().holding(address))
                .sorted()
                .forEach(lines::add);
        return Optional.of(String.join("\n", lines));
    }

    private static String said(List<String> words, Map<String, String> roles) {
        return words.stream().map(word -> roles.getOrDefault(word, word)).collect(joining(" "));
    }

    private void ofPod(Host pod, Map<String, String> roles, List<String> lines) {
        var report = pod.report();
        var state = report.network();
        for (var section : Mentions.sections(pod)) {
            lines.add(section == null ? "not observed" : "section of " + section.size());
            if (section != null) {
                section.forEach(item -> lines.add(said(Words.of(item), roles)));
            }
        }
        lines.add(said(Words.of(state.sysctls()), roles));
        lines.add(report.netnsIds().toString());
        lines.add(state.neighbours() == null ? "not observed" : "neighbours");
        mentions.neighbours(pod).stream()
                .filter(entry -> !saysNothingNew(pod, entry))
                .map(entry -> said(Words.of(entry), roles))
                .sorted()
                .forEach(lines::add);
        FilterLines.of(report.filters()).forEach(line -> lines.add(said(line.words(), roles)));
    }

    /// The node's lines that name something of the Pod's; all others are the same for all of its Pods.
    private void ofNode(Host node, Map<String, String> roles, List<String> lines) {
        var found = new ArrayList<String>();
        for (var word : roles.keySet()) {
            mentions.in(node, word).forEach(words -> found.add(said(words, roles)));
        }
        mentions.neighbours(node).stream()
                .filter(entry -> names(entry, roles))
                .map(entry -> said(Words.of(entry), roles))
                .forEach(found::add);
        found.stream().sorted().distinct().forEach(lines::add);
    }

    private static boolean names(Neighbour entry, Map<String, String> roles) {
        return roles.containsKey(entry.address().toString())
                || roles.containsKey(entry.device().value())
                || (entry.lladdr() != null && roles.containsKey(entry.lladdr().toString()));
    }

    /// Whether all that other namespaces hold of the Pod is neighbour entries that say nothing new.
    private boolean isOnlyKnownCorrectly(Host pod, Host node) {
        var own = new ArrayList<String>();
        pod.ownAddresses().map(IpAddress::toString).forEach(own::add);
        links(pod).stream()
                .filter(link -> link.address() != null && !link.loopback())
                .forEach(link -> own.add(String.valueOf(link.address())));
        for (var word : own) {
            for (var host : mentions.hosts(word)) {
                if (host != pod && host != node && !isKnownCorrectly(host, word)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isKnownCorrectly(Host host, String word) {
        return mentions.in(host, word).isEmpty()
                && mentions.neighbours(host).stream()
                        .filter(entry ->
                                entry.address().toString().equals(word) || word.equals(String.valueOf(entry.lladdr())))
                        .allMatch(entry -> saysNothingNew(host, entry));
    }

    /// Whether a question would be answered by the one device that the entry leads to, and by nobody else.
    private boolean saysNothingNew(Host host, Neighbour entry) {
        var mac = entry.lladdr();
        var link = host.stack().link(entry.device());
        if (mac == null
                || !entry.valid()
                || entry.permanent()
                || link.isEmpty()
                || !link.get().running()) {
            return false;
        }
        var audience = world.wiring().audience(new Port(host, link.get()));
        var mayAnswer = audience.mayAnswer(entry.address());
        var reached = audience.withAddress(mac);
        if (mayAnswer.isEmpty() && reached.isEmpty()) {
            return audience.fabric()
                    && world.router().has(entry.address())
                    && world.router().owns(mac);
        }
        return mayAnswer.size() == 1
                && reached.equals(mayAnswer)
                && !world.router().has(entry.address())
                && isOpen(host)
                && isOpen(mayAnswer.getFirst().host())
                && hasOn(mayAnswer.getFirst(), entry.address());
    }

    private static boolean hasOn(Port port, IpAddress address) {
        return !port.link().noArp()
                && port.host().stack().addresses().stream()
                        .anyMatch(each -> each.local().equals(address)
                                && each.device().equals(port.link().name())
                                && !each.unusable());
    }

    /// Whether a namespace answers for its own addresses whoever asks.
    private static boolean isOpen(Host host) {
        var sysctls = host.report().network().sysctls();
        return sysctls != null
                && sysctls.entrySet().stream()
                        .noneMatch(entry -> ANSWERING.contains(
                                        entry.getKey().substring(entry.getKey().lastIndexOf('.') + 1))
                                && !entry.getValue().equals("0"));
    }
}
