package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.bench.GeneratedCluster;
import dev.underpass.bench.RandomDamage;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A Pod that is followed for others gives every one of them the answer that it would get itself.
class AlikesTest {

    static List<String> recordings() {
        return Recordings.names();
    }

    private static List<String> wrong(Analysis shared, Analysis single) {
        var wrong = new ArrayList<String>();
        for (var client : shared.clients()) {
            var targets = new ArrayList<>(shared.serviceTargets(client));
            targets.addAll(shared.podTargets(client));
            for (var target : targets) {
                var outcome = shared.outcome(client, target);
                var own = Outcome.of(single, single.trace(client, target));
                if (!outcome.equals(own)) {
                    wrong.add("%s to %s: %s, by itself %s".formatted(client, target, outcome, own));
                }
            }
        }
        return wrong;
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void answersAsEachPodByItself(String recording) {
        var snapshot = Recordings.read(recording);

        assertThat(wrong(Analysis.of(snapshot), Analysis.of(snapshot))).isEmpty();
    }

    /// More seeds are asked for with `-Dunderpass.seeds=200`.
    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("underpass.seeds", 12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAsEachPodByItselfHoweverDamagedTheClusterIs(long seed, @TempDir Path folder) throws BundleException {
        new GeneratedCluster(48, 5).write(folder);
        var damage = RandomDamage.in(folder, seed, 1 + (int) (seed % 6));
        var snapshot = BundleReader.read(folder);
        var shared = Analysis.of(snapshot);

        assertThat(wrong(shared, Analysis.of(snapshot))).as(damage.toString()).isEmpty();
        assertThat(shared.groups())
                .as(damage.toString())
                .isLessThan(shared.clients().size());
    }

    @Test
    void followsFewForMany(@TempDir Path folder) throws BundleException {
        new GeneratedCluster(200, 12).write(folder);
        var snapshot = BundleReader.read(folder);
        var shared = Analysis.of(snapshot);

        assertThat(wrong(shared, Analysis.of(snapshot))).isEmpty();
        assertThat(shared.clients()).hasSize(200);
        assertThat(shared.groups()).isEqualTo(9);
    }
}
