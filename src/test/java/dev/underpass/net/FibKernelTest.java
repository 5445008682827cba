package dev.underpass.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.net.KernelRouting.Query;
import dev.underpass.report.ReportFormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds our route lookup against `ip route get`, on random rules and routes in a network namespace.
@Tag("netns")
class FibKernelTest {

    private static final int QUERIES = 250;
    private static final int DELETIONS = 10;
    private static final int NAMESPACES = 8;

    private KernelRouting kernel;

    static IntStream seeds() {
        return IntStream.range(0, 48);
    }

    @BeforeEach
    void makeNamespace() {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and iproute2 for network namespaces");
        kernel = new KernelRouting();
    }

    @AfterEach
    void removeNamespace() {
        if (kernel != null) {
            kernel.close();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheKernel(int seed) throws ReportFormatException {
        var random = new Random(seed);
        kernel.setUp(random, seed % 4 == 3);
        var stack = new IpStack(kernel.observed());
        var queries = IntStream.range(0, QUERIES)
                .mapToObj(_ -> Query.random(random, seed % 4 == 3))
                .toList();

        var answers = kernel.ask(queries);

        var disagreements = new ArrayList<String>();
        for (int i = 0; i < queries.size(); i++) {
            var ours = queries.get(i).ask(stack);
            if (!ours.equals(answers.get(i))) {
                disagreements.add("%s: we say %s, the kernel %s".formatted(queries.get(i), ours, answers.get(i)));
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(answers.values().stream().distinct().count())
                .as("different answers")
                .isGreaterThan(2);
    }

    /// The line that decided is deleted, and the kernel asked again; then the next one, until the tables are bare.
    @ParameterizedTest(name = "IPv6 {0}")
    @ValueSource(booleans = {false, true})
    void knowsWhatDecidesWhereTheLineThatDidIsDeleted(boolean six) throws ReportFormatException {
        var disagreements = new ArrayList<String>();
        var answers = new HashSet<String>();
        for (int seed = 0; seed < NAMESPACES; seed++) {
            var random = new Random(seed);
            kernel.setUp(random, six);
            var queries = IntStream.range(0, QUERIES)
                    .mapToObj(_ -> Query.random(random, six))
                    .toList();
            for (int round = 0; round < DELETIONS; round++) {
                deleteOne(queries, random, disagreements, answers);
            }
            kernel.close();
            kernel = new KernelRouting();
        }

        assertThat(disagreements).isEmpty();
        assertThat(answers).as("different answers").hasSizeGreaterThan(6);
    }

    private void deleteOne(List<Query> all, Random random, List<String> disagreements, Set<String> answers)
            throws ReportFormatException {
        var stack = new IpStack(kernel.observed());
        var sent = all.stream().filter(query -> query.winner(stack).isPresent()).toList();
        if (sent.isEmpty()) {
            return;
        }
        var winner = sent.get(random.nextInt(sent.size())).winner(stack).orElseThrow();
        var its = sent.stream()
                .filter(query -> query.winner(stack).orElseThrow().equals(winner))
                .toList();
        var without = stack.without(winner);
        kernel.delete(winner);
        var theirs = kernel.ask(its);
        for (int i = 0; i < its.size(); i++) {
            var ours = its.get(i).ask(without);
            answers.add(theirs.get(i));
            if (!ours.equals(theirs.get(i))) {
                disagreements.add(
                        "%s without %s: we say %s, the kernel %s".formatted(its.get(i), winner, ours, theirs.get(i)));
            }
        }
    }

    @Test
    void aRouteWithSeveralNextHopsGoesWithAllOfThem() throws ReportFormatException {
        kernel.batch(List.of(
                "link add v0 type veth peer name w0",
                "link set v0 up",
                "link set w0 up",
                "addr add 10.0.0.1/24 dev v0",
                "route add default nexthop via 10.0.0.5 dev v0 nexthop via 10.0.0.6 dev v0",
                "route add default via 10.0.0.7 dev v0 metric 9"));
        var query = new Query(IpAddress.parse("192.0.2.1"), "", "", 0);
        var stack = new IpStack(kernel.observed());
        var winner = query.winner(stack).orElseThrow();

        kernel.delete(winner);

        assertThat(winner.nextHops()).hasSize(2);
        assertThat(query.ask(stack.without(winner)))
                .isEqualTo("v0 via 10.0.0.7")
                .isEqualTo(kernel.ask(List.of(query)).get(0));
    }
}
