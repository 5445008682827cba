package dev.underpass.console;

import static java.util.stream.Collectors.joining;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Target;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A target as people write it: `lab/web`, `lab/web:80`, `web.lab.svc:http`, `10.0.0.10:53/udp`, `[fd00::10]:53`.
///
/// @param field where it was written
/// @param host a name, or an address
/// @param port a number, or a Service port's name; empty where none was written
/// @param protocol absent where none was written
public record TargetText(
        String field, String host, String port, @Nullable Protocol protocol) {

    private static final Pattern SHAPE = Pattern.compile(
            "(?:svc:)?(?<host>\\[[^]]*]|[^:\\[\\]]+)(?::(?<port>[A-Za-z0-9-]+)(?:/(?<protocol>[^:/]+))?)?");

    /// Takes a text apart.
    ///
    /// @throws InvalidInputException if it is no target
    public static TargetText parse(String field, String typed) {
        var text = typed.strip();
        if (isAddress(text)) {
            return new TargetText(field, text, "", null);
        }
        var shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new InvalidInputException(field, Phrases.NOT_A_TARGET.with(text));
        }
        var host = host(field, shape.group("host"));
        var port = shape.group("port");
        var protocol = shape.group("protocol");
        return new TargetText(
                field, host, port == null ? "" : port, protocol == null ? null : Parameters.protocol(field, protocol));
    }

    private static String host(String field, String text) {
        if (!text.startsWith("[")) {
            return text;
        }
        var bare = text.substring(1, text.length() - 1);
        if (!isAddress(bare)) {
            throw new InvalidInputException(field, Phrases.NOT_AN_ADDRESS.with(bare));
        }
        return bare;
    }

    private static boolean isAddress(String text) {
        try {
            IpAddress.parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// What it names, the best first: there is at least one.
    ///
    /// @param namespace whose Services need no namespace; empty for none
    /// @throws InvalidInputException if it names no Service, or the port is none
    /// @throws NotFoundException if there is no such Service, or it has no such port
    public List<Target> in(Analysis analysis, String namespace) {
        if (isAddress(host)) {
            return at(analysis, IpAddress.parse(host).unmapped());
        }
        return of(analysis, Parameters.name(field, host.contains("/") ? host : named(namespace)));
    }

    /// The Service that a DNS name stands for: `web`, `web.lab`, `web.lab.svc`, `web.lab.svc.cluster.local`.
    private String named(String namespace) {
        var labels = host.split("\\.", -1);
        boolean its = labels.length == 1 && !namespace.isEmpty();
        boolean whole = labels.length == 2 || (labels.length > 2 && labels[2].equals("svc"));
        if (!its && !whole) {
            throw new InvalidInputException(field, Phrases.NOT_A_TARGET.with(host));
        }
        return (its ? namespace : labels[1]) + "/" + labels[0];
    }

    /// A Service's ports at each of its addresses.
    private List<Target> of(Analysis analysis, ObjectName name) {
        var all = analysis.targets(name);
        if (all.isEmpty()) {
            throw new NotFoundException(Phrases.NO_CLUSTER_IP.with(name));
        }
        var matching = matching(analysis, all);
        if (matching.isEmpty()) {
            var asked = port + (protocol == null ? "" : "/" + protocol);
            var ports = all.stream()
                    .map(each -> each.port() + "/" + each.protocol())
                    .distinct()
                    .collect(joining(", "));
            throw new NotFoundException(Phrases.NO_PORT.with(name, asked, ports));
        }
        return matching;
    }

    /// A Service's port, or any port of an address, which need not be a Service's.
    private List<Target> at(Analysis analysis, IpAddress address) {
        var owned = matching(analysis, analysis.targets(address));
        if (!owned.isEmpty()) {
            return owned;
        }
        if (port.isEmpty()) {
            throw new InvalidInputException(field, Phrases.NOT_A_TARGET.with(host));
        }
        return List.of(
                analysis.target(address, Parameters.port(field, port), protocol == null ? Protocol.TCP : protocol));
    }

    /// With a port but no protocol, TCP comes first.
    private List<Target> matching(Analysis analysis, List<Target> targets) {
        var matching = targets.stream()
                .filter(each -> port.isEmpty() || isPort(analysis, each))
                .filter(each -> protocol == null || protocol == each.protocol());
        return port.isEmpty()
                ? matching.toList()
                : matching.sorted(Comparator.comparing(each -> each.protocol() != Protocol.TCP))
                        .toList();
    }

    private boolean isPort(Analysis analysis, Target target) {
        if (port.chars().allMatch(Character::isDigit)) {
            return Parameters.port(field, port) == target.port();
        }
        return analysis.portNames(target).contains(port);
    }
}
