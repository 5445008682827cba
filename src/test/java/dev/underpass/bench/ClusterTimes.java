package dev.underpass.bench;

import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.matrix.ClientClass;
import dev.underpass.diagnosis.matrix.Matrix;
import dev.underpass.topology.Inventory;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How long the parts of the analysis of a bundle take, by the processor's time of the one thread that works it out, so
/// that other work on the machine counts less: `ClusterTimes BUNDLE [ROUNDS]`. Run it with `scripts/bench-cluster`.
public final class ClusterTimes {

    private static final PrintStream OUT = System.out;

    private ClusterTimes() {}

    public static void main(String[] arguments) throws BundleException {
        var bundle = Path.of(arguments[0]);
        var snapshot = BundleReader.read(bundle);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        for (int round = 1; round <= rounds; round++) {
            OUT.printf("round %d%n", round);
            var analysis = lap("plans and drift", () -> Analysis.of(snapshot));
            lap("findings", analysis::findings);
            lap("all pairs", () -> pairs(analysis));
            var classes = lap("classes", () -> ClientClass.all(analysis));
            lap("matrix", () -> Matrix.of(analysis, classes));
            lap("topology", () -> Inventory.of(analysis));
        }
    }

    private static long pairs(Analysis analysis) {
        long pairs = analysis.clients().stream()
                .mapToLong(client -> analysis.counts(client).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .sum();
        OUT.printf("  %d Pods, %d groups, %d pairs%n", analysis.clients().size(), analysis.groups(), pairs);
        return pairs;
    }

    private static <T> T lap(String name, Supplier<T> work) {
        long before = processorMillis();
        var result = work.get();
        OUT.printf("  %-16s %,8d ms, heap %,d MiB%n", name, processorMillis() - before, heapMebibytes());
        return result;
    }

    private static long processorMillis() {
        return TimeUnit.NANOSECONDS.toMillis(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    private static long heapMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
}
