package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition.Fold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Holds every prediction against what real packets did in the recorded clusters.
class RecordedTruthTest {

    static Stream<Path> recordings() {
        var demo = Path.of("src/main/resources/demo/demo.tar.gz");
        return Stream.concat(Stream.of(demo), Recordings.names().stream().map(Recordings::path));
    }

    /// The pairs of a recording, with those to the Service of two backends where they were asked for.
    private static List<JsonNode> pairs(JsonNode truth) {
        var pairs = new ArrayList<JsonNode>();
        truth.get("pairs").forEach(pairs::add);
        truth.path("webPairs").forEach(pairs::add);
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void predictsWhatRealPacketsDid(Path recording) throws BundleException {
        var analysis = Analysis.of(BundleReader.read(recording));
        var pairs = pairs(Recordings.truth(recording));
        var wrong = new ArrayList<String>();
        int undetermined = 0;
        for (var pair : pairs) {
            var to = pair.get("to");
            var target = analysis.target(
                    IpAddress.parse(to.get("address").asString()),
                    to.get("port").asInt(),
                    Protocol.TCP);
            var verdict = analysis.verdict(ObjectName.parse(pair.get("from").asString()), target);
            boolean connected = pair.get("outcome").asString().equals("ok");
            var fold = verdict.disposition().fold();
            if (fold == Fold.UNDETERMINED) {
                undetermined++;
            } else if ((fold == Fold.REACHABLE) != connected) {
                wrong.add("%s: packets said %s, we say %s".formatted(pair, pair.get("outcome"), verdict.summary()));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(undetermined).isLessThanOrEqualTo(pairs.size() / 100);
        assertThat(pairs.size()).isGreaterThan(100);
    }

    /// What it cannot see it does not judge: without a section, nothing that needed it is called reachable or not.
    @ParameterizedTest
    @MethodSource("dev.underpass.diagnosis.Blinded#sections")
    void saysUndeterminedWhereASectionIsMissing(String section) {
        var name = "healthy";
        var analysis = Analysis.of(Blinded.without(Recordings.read(name), section));
        var wrong = new ArrayList<String>();
        int undetermined = 0;
        for (var pair : Recordings.truth(name).get("pairs")) {
            var to = pair.get("to");
            var target = analysis.target(
                    IpAddress.parse(to.get("address").asString()),
                    to.get("port").asInt(),
                    Protocol.TCP);
            var verdict = analysis.verdict(ObjectName.parse(pair.get("from").asString()), target);
            var fold = verdict.disposition().fold();
            boolean connected = pair.get("outcome").asString().equals("ok");
            if (fold == Fold.UNDETERMINED) {
                undetermined++;
            } else if ((fold == Fold.REACHABLE) != connected) {
                wrong.add(verdict.summary().toString());
            }
        }
        assertThat(wrong).isEqualTo(List.of());
        assertThat(undetermined).isPositive();
    }
}
