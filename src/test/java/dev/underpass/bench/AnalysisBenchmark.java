package dev.underpass.bench;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Finding;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long the whole analysis of a recorded cluster takes: every pair, and the findings. Run it with `scripts/bench`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 4, time = 3)
@Fork(1)
public class AnalysisBenchmark {

    @Param({"healthy", "healthy-nftables"})
    public String recording = "";

    private ClusterSnapshot snapshot = Recordings.read("healthy");

    @Setup
    public void read() {
        snapshot = Recordings.read(recording);
    }

    @Benchmark
    public List<Finding> analysis() {
        return Analysis.of(snapshot).findings();
    }
}
