package dev.underpass.console.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Judgement;
import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.bundle.BundleWriter;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.reachability.Target;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionTest {

    @TempDir
    private Path folder;

    static List<String> recordings() {
        var files = Objects.requireNonNull(new File("src/test/resources/bundles").list());
        return Stream.of(files)
                .map(name -> name.replace(".tar.gz", ""))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void leadsToTheSameAnalysis(String recording) throws BundleException {
        var original = BundleReader.contents(Recordings.path(recording));
        var redaction = Redaction.of(original, recording.getBytes(StandardCharsets.UTF_8));

        var snapshot = reopened(redaction.contents());

        var expected = Judgement.of(Analysis.of(BundleReader.read(Recordings.path(recording))));
        var verdicts = new HashMap<Judgement.Pair, Judgement.Said>();
        expected.verdicts().forEach((pair, said) -> verdicts.put(renamed(pair, redaction), said));
        var actual = Judgement.of(Analysis.of(snapshot));
        assertThat(actual.verdicts()).containsExactlyInAnyOrderEntriesOf(verdicts);
        assertThat(actual.findings()).isEqualTo(expected.findings());
        assertThat(redaction.leak(BundleWriter.files(redaction.contents()))).isEmpty();
    }

    private ClusterSnapshot reopened(BundleContents contents) throws BundleException {
        var bundle = folder.resolve("bundle");
        BundleWriter.write(BundleWriter.files(contents), bundle);
        return BundleReader.read(bundle);
    }

    private static Judgement.Pair renamed(Judgement.Pair pair, Redaction redaction) {
        var to = pair.to();
        return new Judgement.Pair(
                redaction.pod(pair.from()),
                new Target(
                        redaction.address(to.address()),
                        to.port(),
                        to.protocol(),
                        to.service() == null ? null : redaction.service(to.service())));
    }
}
