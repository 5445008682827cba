package dev.underpass.cli;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.bundle.EditFile;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Target;
import dev.underpass.report.ReportFormatException;
import java.nio.file.Path;
import java.util.List;

/// A bundle's analysis, and the ways to name Pods and targets on the command line.
record Loaded(Analysis analysis) {

    static Loaded from(Path bundle) throws BadInputException {
        try {
            return new Loaded(Analysis.of(BundleReader.read(bundle)));
        } catch (BundleException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }

    /// The cluster with the edits of a file.
    ClusterSnapshot edited(Path file) throws BadInputException {
        try {
            return EditFile.read(file).applied(analysis.snapshot());
        } catch (BundleException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        } catch (ReportFormatException e) {
            throw new BadInputException("%s: %s".formatted(file, e.getMessage()));
        }
    }

    /// A Pod by `NAMESPACE/NAME`.
    ObjectName pod(String option, String text) throws BadInputException {
        ObjectName name;
        try {
            name = ObjectName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(option + ": " + e.getMessage());
        }
        if (analysis.pod(name).isEmpty()) {
            throw new BadInputException("%s: the bundle has no Pod %s".formatted(option, name));
        }
        return name;
    }

    /// The targets that `NS/NAME[:PORT]` (a Service) or `IP:PORT` names.
    List<Target> targets(String option, String text) throws BadInputException {
        return text.contains("/") ? service(option, text) : List.of(address(option, text));
    }

    private List<Target> service(String option, String text) throws BadInputException {
        int colon = text.lastIndexOf(':');
        ObjectName name;
        try {
            name = ObjectName.parse(colon < 0 ? text : text.substring(0, colon));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(option + ": " + e.getMessage());
        }
        int port = colon < 0 ? 0 : port(option, text.substring(colon + 1));
        var service = analysis.snapshot().services().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("%s: the bundle has no Service %s".formatted(option, name)));
        var targets = service.clusterIps().stream()
                .flatMap(ip -> service.ports().stream()
                        .filter(each -> port == 0 || each.port() == port)
                        .map(each -> new Target(ip, each.port(), each.protocol(), name)))
                .toList();
        if (targets.isEmpty()) {
            var reason = service.clusterIps().isEmpty() ? "has no ClusterIP" : "has no port " + port;
            throw new BadInputException("%s: Service %s %s".formatted(option, name, reason));
        }
        return targets;
    }

    private Target address(String option, String text) throws BadInputException {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new BadInputException(option + ": neither NAMESPACE/NAME[:PORT] nor IP:PORT: '" + text + "'");
        }
        var host = text.substring(0, colon);
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return analysis.target(ip(option, bare), port(option, text.substring(colon + 1)), Protocol.TCP);
    }

    static IpAddress ip(String option, String text) throws BadInputException {
        try {
            return IpAddress.parse(text).unmapped();
        } catch (IllegalArgumentException e) {
            throw new BadInputException("%s: not an address: '%s'".formatted(option, text));
        }
    }

    private static int port(String option, String text) throws BadInputException {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Said below, together with numbers out of range.
        }
        throw new BadInputException("%s: not a port: '%s'".formatted(option, text));
    }
}
