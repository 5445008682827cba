package dev.underpass.cli;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.bundle.ReportCheck;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The nodes' reports, from the console that their agents send them to.
///
/// @param missing the nodes of which the console has none
record ConsoleReports(Map<NodeName, NodeReport> reports, List<NodeName> missing) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    static ConsoleReports of(ConsoleAddress console, Collection<NodeName> nodes) throws BadInputException {
        var reports = new HashMap<NodeName, NodeReport>();
        var missing = new ArrayList<NodeName>();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (var node : nodes) {
                report(client, console, node)
                        .ifPresentOrElse(report -> reports.put(node, report), () -> missing.add(node));
            }
        }
        return new ConsoleReports(reports, missing);
    }

    private static Optional<NodeReport> report(HttpClient client, ConsoleAddress console, NodeName node)
            throws BadInputException {
        var place =
                console.base() + "/api/v1/nodes/" + URLEncoder.encode(node.value(), StandardCharsets.UTF_8) + "/report";
        var request = console.request(place)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return switch (response.statusCode()) {
                case OK -> Optional.of(read(place, node, response.body()));
                case NOT_FOUND -> Optional.empty();
                case UNAUTHORIZED, FORBIDDEN ->
                    throw new BadInputException("%s: status %d: the console wants another token than %s"
                            .formatted(place, response.statusCode(), console.credential()));
                default -> throw new BadInputException(place + ": status " + response.statusCode());
            };
        } catch (IOException e) {
            var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new BadInputException(place + ": cannot be read: " + reason);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new BadInputException(place + ": interrupted");
        }
    }

    private static NodeReport read(String place, NodeName node, byte[] json) throws BadInputException {
        try {
            var report = ReportReader.read(json);
            ReportCheck.check(report);
            if (!report.node().equals(node.value())) {
                throw new ReportFormatException("node", "the report of another node: '" + report.node() + "'");
            }
            return report;
        } catch (ReportFormatException e) {
            throw new BadInputException(place + ": " + e.getMessage());
        }
    }
}
