package dev.underpass.cli;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.capture.LiveBundle;
import dev.underpass.console.objects.Kinds;
import dev.underpass.console.watch.ClusterRead;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a bundle of the live cluster holds: the API's objects, and the console's reports.
final class LiveCapture {

    private final PrintWriter err;

    LiveCapture(PrintWriter err) {
        this.err = err;
    }

    BundleContents of(String kubeconfig, String context, @Nullable ConsoleAddress console, Instant now)
            throws BadInputException {
        var read = resources(kubeconfig, context);
        var reports = reports(console, read);
        try {
            return LiveBundle.of(context.isEmpty() ? "cluster" : context, read, reports, Map.of(), now);
        } catch (ReportFormatException e) {
            throw new BadInputException("the Kubernetes API: " + e.getMessage());
        }
    }

    private ClusterRead resources(String kubeconfig, String context) throws BadInputException {
        try {
            var read = ClusterRead.of(kubeconfig, context);
            read.forbidden()
                    .forEach((resource, reason) ->
                            say("%s cannot be read, what it would tell is unknown: %s".formatted(resource, reason)));
            read.absent().forEach(resource -> say(resource + " is not served by the API"));
            read.unreadable().forEach((object, reason) -> say("%s is left out: %s".formatted(object, reason)));
            return read;
        } catch (IOException e) {
            throw new BadInputException("the Kubernetes API%s: cannot be read: %s"
                    .formatted(kubeconfig.isEmpty() ? "" : " of " + kubeconfig, printable(reason(e))));
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private Map<NodeName, NodeReport> reports(@Nullable ConsoleAddress console, ClusterRead read)
            throws BadInputException {
        if (console == null) {
            say("the bundle has no reports of its nodes, so that verdicts will be undetermined; "
                    + "name the console that the agents report to with --console URL");
            return Map.of();
        }
        var found = ConsoleReports.of(console, nodes(read).values());
        found.missing().forEach(node -> say("the console has no report of node " + node));
        return found.reports();
    }

    /// The nodes that Node objects, or else Pods, tell of.
    private static Map<String, NodeName> nodes(ClusterRead read) {
        var names = new TreeMap<String, NodeName>();
        add(names, read.resources().get(Kinds.NODE), "metadata", "name");
        add(names, read.resources().get(Kinds.POD), "spec", "nodeName");
        return names;
    }

    private static void add(
            Map<String, NodeName> names, @Nullable Collection<JsonNode> objects, String part, String field) {
        if (objects != null) {
            for (var object : objects) {
                var name = object.path(part).path(field).asString("");
                if (!name.isBlank()) {
                    names.put(name, new NodeName(name));
                }
            }
        }
    }

    private void say(String text) {
        err.println(printable(text));
    }

    /// Names and messages come from elsewhere: what a terminal would obey is not printed.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
