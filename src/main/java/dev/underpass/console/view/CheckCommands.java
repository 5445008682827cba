package dev.underpass.console.view;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Packet;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Hop.Step;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// The commands by which people see for themselves what a trace says: in the order of the places on the way.
public final class CheckCommands {

    private final Analysis analysis;
    private final Trace trace;
    private final Map<Place, SequencedSet<String>> commands = new LinkedHashMap<>();

    /// What to run at one place.
    ///
    /// @param enter how to get there; empty where nobody can
    public record AtPlace(Place place, String enter, List<String> commands) {

        public AtPlace {
            commands = List.copyOf(commands);
        }
    }

    private CheckCommands(Analysis analysis, Trace trace) {
        this.analysis = analysis;
        this.trace = trace;
    }

    /// For the path that decided the verdict.
    public static List<AtPlace> of(Analysis analysis, Trace trace) {
        var worst = trace.worst();
        var made = new CheckCommands(analysis, trace);
        made.hops(worst.forward(), true);
        made.end(worst);
        made.hops(worst.reply(), false);
        var places = new ArrayList<AtPlace>();
        made.commands.forEach((place, lines) -> {
            if (!lines.isEmpty()) {
                places.add(new AtPlace(place, enter(place), List.copyOf(lines)));
            }
        });
        return places;
    }

    private void hops(List<Hop> hops, boolean forward) {
        for (int i = 0; i < hops.size(); i++) {
            var hop = hops.get(i);
            at(hop.where()).addAll(commands(hop, i > 0 ? hops.get(i - 1) : null, forward));
        }
    }

    private void end(Path path) {
        var end = path.end();
        if (end.where().kind() == Place.Kind.FABRIC) {
            return;
        }
        at(end.where()).add(routeGet(end.packet(), end.packet().source().toString(), ""));
    }

    private SequencedSet<String> at(Place place) {
        return commands.computeIfAbsent(place, _ -> new LinkedHashSet<>());
    }

    private List<String> commands(Hop hop, @Nullable Hop before, boolean forward) {
        if (hop.where().kind() == Place.Kind.FABRIC) {
            return List.of();
        }
        var packet = hop.packet();
        var six = packet.destination().family() == Family.IPV6 ? "-6 " : "";
        return switch (hop.step()) {
            case RULE -> List.of("ip " + six + "rule");
            case ROUTE -> List.of(routeGet(packet, source(hop, forward), arrival(hop, before)));
            case NEIGHBOUR ->
                List.of("ip " + six + "neigh" + (hop.device() == null ? "" : " show dev " + hop.device()));
            case LINK -> hop.device() == null ? List.of() : List.of("ip -s link show dev " + hop.device());
            case DNAT -> forward ? nat(hop.where()) : List.of();
            case CONNTRACK ->
                List.of("conntrack -L -p %s --dport %d"
                        .formatted(
                                trace.to().protocol().name().toLowerCase(Locale.ROOT),
                                trace.to().port()));
            case FORWARD, MASQUERADE, SOCKET, SOCKET_LB, DELIVER -> List.of();
        };
    }

    /// The client's kernel chooses the source after it found the route.
    private String source(Hop hop, boolean forward) {
        boolean chosen = forward && hop.where().kind() == Place.Kind.POD;
        return chosen ? "" : hop.packet().source().toString();
    }

    /// The device by which a node got a packet that it forwards.
    private static String arrival(Hop hop, @Nullable Hop before) {
        if (hop.where().kind() != Place.Kind.NODE || before == null || before.device() == null) {
            return "";
        }
        boolean came = before.where().equals(hop.where()) && before.step() != Step.ROUTE;
        return came ? before.device().toString() : "";
    }

    private static String routeGet(Packet packet, String source, String device) {
        return "ip %sroute get %s%s%s"
                .formatted(
                        packet.destination().family() == Family.IPV6 ? "-6 " : "",
                        packet.destination(),
                        source.isEmpty() ? "" : " from " + source,
                        device.isEmpty() ? "" : " iif " + device);
    }

    private List<String> nat(Place node) {
        var report = analysis.snapshot().reports().get(new NodeName(node.name()));
        var proxy = report == null ? null : report.host().kubeProxy();
        var address = trace.to().address();
        var save = address.family() == Family.IPV6 ? "ip6tables-save" : "iptables-save";
        return switch (proxy == null ? "unknown" : proxy.mode()) {
            case "iptables" -> List.of("%s -t nat | grep -F -- %s".formatted(save, address));
            case "nftables" -> List.of("nft list ruleset | grep -F -- " + address);
            case "ipvs" -> List.of("ipvsadm -L -n | grep -F -A 9 -- " + address);
            default -> List.of();
        };
    }

    private static String enter(Place place) {
        return switch (place.kind()) {
            case POD -> pod(ObjectName.parse(place.name()));
            case NODE ->
                "kubectl debug node/%s -it --profile=sysadmin --image=IMAGE -- chroot /host".formatted(place.name());
            case FABRIC -> "";
        };
    }

    private static String pod(ObjectName pod) {
        return "kubectl -n %s debug %s -it --profile=netadmin --image=IMAGE --".formatted(pod.namespace(), pod.name());
    }
}
