package dev.underpass.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Random rule sets, real packets: the kernel must do what [PacketFilter] says.
///
/// `-Dnetfilter.seeds=1000` takes more of them.
@Tag("netns")
class KernelAgreementTest {

    private static final List<String> TARGETS =
            List.of("10.9.0.1 80", "10.9.0.2 81", "10.9.0.1 8080", "10.2.0.2 80", "10.1.0.1 80");
    private static final JsonMapper JSON = new JsonMapper();
    private static Lab lab;
    private static int nextPort = 10_000;

    @BeforeAll
    static void build() {
        try {
            lab = new Lab();
            Lab.inRouter("", "iptables-restore", "--version");
            Lab.inRouter("", "nft", "--version");
            Lab.inRouter("", "conntrack", "--version");
        } catch (IOException e) {
            Assumptions.abort("no lab of network namespaces: " + e.getMessage());
        }
    }

    @AfterAll
    static void remove() {
        if (lab != null) {
            lab.close();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("netfilter.seeds", 40));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesOnIptables(long seed) throws IOException {
        Lab.inRouter("flush ruleset", "nft", "-f", "-");

        var text = load(new RandomIptables(seed)::ruleset, "iptables-restore");

        assertAgreement(rules(), text);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesOnLegacyIptables(long seed) throws IOException {
        Lab.inRouter("flush ruleset", "nft", "-f", "-");

        var text = load(new RandomIptables(seed)::ruleset, "iptables-legacy-restore");

        assertAgreement(Ruleset.parse(Lab.inRouter("", "iptables-legacy-save"), "", null, null, null), text);
    }

    @AfterEach
    void flushLegacyTables() throws IOException {
        // Policies stay unless they are named.
        var chains = Map.of("filter", ":INPUT ACCEPT\n:FORWARD ACCEPT\n:OUTPUT ACCEPT\n");
        for (var table : List.of("raw", "mangle", "nat", "filter")) {
            var empty = "*" + table + "\n" + chains.getOrDefault(table, "") + "COMMIT\n";
            Lab.inRouter(empty, "iptables-legacy-restore");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesOnNft(long seed) throws IOException {
        var random = new RandomNft(seed);

        var text = load(random::ruleset, "nft", "-f", "-");

        assertAgreement(rules(), text);
    }

    /// The first of some random rule sets that the kernel takes.
    private static String load(Supplier<String> random, String... command) throws IOException {
        for (int i = 0; ; i++) {
            var text = random.get();
            try {
                Lab.inRouter(text, command);
                return text;
            } catch (IOException e) {
                if (i == 20) {
                    throw e;
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Ruleset rules() throws IOException {
        var saved = Lab.inRouter("", "iptables-save");
        var listed = JSON.readValue(Lab.inRouter("", "nft", "-j", "list", "ruleset"), Map.class);
        return Ruleset.parse(saved, "", null, null, listed);
    }

    private static void assertAgreement(Ruleset rules, String text) throws IOException {
        Lab.inRouter("", "conntrack", "-F");
        for (var from : List.of(Lab.CLIENT, Lab.ROUTER)) {
            var questions = questions();
            var observed = lab.ask(from, questions);
            for (int i = 0; i < questions.size(); i++) {
                var model = new LabModel(rules);
                var predicted = model.predicted(from, questions.get(i));
                if (!model.guessed()) {
                    assertThat(patient(observed.get(i), possible(predicted), from, questions.get(i)))
                            .as("%s %s with%n%s", from, questions.get(i), text)
                            .isIn(possible(predicted));
                }
            }
        }
    }

    /// On a busy machine an answer can come too late: what fails against the prediction is asked again by itself.
    private static String patient(String first, List<String> possible, String from, String question)
            throws IOException {
        var answer = first;
        for (int i = 0; i < 3 && answer.equals("failed") && !possible.contains(answer); i++) {
            Lab.inRouter("", "conntrack", "-F");
            answer = lab.ask(from, List.of(question)).getFirst();
        }
        return answer;
    }

    /// A refusal travels like any packet, and may be lost.
    private static List<String> possible(String predicted) {
        return predicted.startsWith("refused") ? List.of("refused", "failed") : List.of(predicted);
    }

    private static List<String> questions() {
        var questions = new ArrayList<String>();
        for (var protocol : List.of("tcp", "udp")) {
            for (var target : TARGETS) {
                nextPort = nextPort == 60_000 ? 10_000 : nextPort + 1;
                questions.add(protocol + " " + nextPort + " " + target);
            }
        }
        return questions;
    }
}
