package dev.underpass.report;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.report.ProbeResult.Outcome;
import java.time.Instant;
import java.util.Arrays;

/// Reads what a report says of sockets: listeners, IPVS, probes.
final class ProbeReader {

    private ProbeReader() {}

    static VirtualServer virtualServer(Fields fields) throws ReportFormatException {
        return new VirtualServer(
                fields.value("address", IpAddress::parse),
                fields.integer("port", 0),
                fields.value("protocol", Protocol::parse),
                fields.text("scheduler", ""),
                fields.integer("persistenceSeconds", 0),
                fields.list("realServers", ProbeReader::realServer));
    }

    private static VirtualServer.RealServer realServer(Fields fields) throws ReportFormatException {
        return new VirtualServer.RealServer(
                fields.value("address", IpAddress::parse),
                fields.integer("port", 0),
                fields.integer("weight", 1),
                fields.text("forward", ""));
    }

    static Listener listener(Fields fields) throws ReportFormatException {
        var any = fields.text("address").equals("*");
        return new Listener(
                fields.value("protocol", Protocol::parse),
                any ? null : fields.value("address", IpAddress::parse),
                fields.integer("port", 0));
    }

    static ProbeResult probe(Fields fields) throws ReportFormatException {
        var from = fields.object("from");
        var to = fields.object("to");
        return new ProbeResult(
                from.text("namespace"),
                from.text("name"),
                to.value("address", IpAddress::parse),
                to.integer("port", 0),
                to.value("protocol", Protocol.TCP, Protocol::parse),
                to.optionalText("service"),
                fields.value("outcome", ProbeReader::outcome),
                fields.number("rttMicros", 0),
                fields.integer("attempts", 1),
                fields.text("detail", ""),
                fields.optional("at", Instant::parse),
                fields.optionalText("id"));
    }

    private static Outcome outcome(String text) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a probe's outcome: '" + text + "'"));
    }
}
