package dev.underpass.cli;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.bundle.ReportCheck;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
    private static final int NOT_FOUND = 404;

    static ConsoleReports of(String console, Collection<NodeName> nodes) throws BadInputException {
        var base = base(console);
        var reports = new HashMap<NodeName, NodeReport>();
        var missing = new ArrayList<NodeName>();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (var node : nodes) {
                report(client, base, node)
                        .ifPresentOrElse(report -> reports.put(node, report), () -> missing.add(node));
            }
        }
        return new ConsoleReports(reports, missing);
    }

    private static String base(String console) throws BadInputException {
        try {
            var uri = URI.create(console);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return console.endsWith("/") ? console.substring(0, console.length() - 1) : console;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new BadInputException("--console: not an http or https URL: '" + console + "'");
    }

    private static Optional<NodeReport> report(HttpClient client, String base, NodeName node) throws BadInputException {
        var place = base + "/api/v1/nodes/" + URLEncoder.encode(node.value(), StandardCharsets.UTF_8) + "/report";
        var request = HttpRequest.newBuilder(URI.create(place))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return switch (response.statusCode()) {
                case OK -> Optional.of(read(place, node, response.body()));
                case NOT_FOUND -> Optional.empty();
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
