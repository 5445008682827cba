package dev.underpass.lab;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// What `scripts/lab` runs: one lab that stays until it is taken down.
///
/// In its folder, `spec` holds the name of the lab's kind, `broken` one line on each fault, and
/// `bundle` what is known of it.
public final class LabCommand {

    private static final String PREFIX = "underpass-lab";

    private final Path folder;
    private final Observer observer = new AgentObserver();

    private LabCommand(Path folder) {
        this.folder = folder;
    }

    /// Does what the first words say.
    ///
    /// @param arguments the folder, then `up SPEC`, `listen`, `bundle`, `break FAULT [SEED]`, `status`, `list` or
    ///   `down`
    public static void main(String... arguments) throws IOException {
        var command = new LabCommand(Path.of(arguments[0]));
        var words = List.of(arguments).subList(2, arguments.length);
        try {
            switch (arguments[1]) {
                case "up" -> command.up(words.getFirst());
                case "listen" -> command.listen();
                case "bundle" -> command.bundle();
                case "break" -> command.strike(words);
                case "status" -> command.status();
                case "list" -> list();
                case "down" -> Lab.existing(LabSpec.named("ipv4"), PREFIX).close();
                default -> throw new IllegalArgumentException("no such command: " + arguments[1]);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    private void up(String spec) throws IOException {
        Lab.lasting(LabSpec.named(spec), PREFIX);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("spec"), spec);
        Files.writeString(folder.resolve("broken"), "");
    }

    private Lab lab() throws IOException {
        var spec = folder.resolve("spec");
        if (!Files.exists(spec)) {
            throw new IllegalArgumentException("no lab is up");
        }
        return Lab.existing(LabSpec.named(Files.readString(spec)), PREFIX);
    }

    /// Listens in its nodes and Pods until it is killed.
    @SuppressWarnings("InfiniteLoopStatement")
    private void listen() throws IOException {
        lab().listening();
        System.out.println("listening");
        try {
            while (true) {
                Thread.sleep(Long.MAX_VALUE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bundle() throws IOException {
        var damage = Files.readAllLines(folder.resolve("broken"));
        var comment = damage.isEmpty() ? "nothing broken" : String.join(", ", damage);
        LabBundle.write(lab(), observer, folder.resolve("bundle"), comment);
    }

    private void strike(List<String> words) throws IOException {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("break what? See 'scripts/lab list'");
        }
        var lab = lab();
        var fault = Fault.titled(words.getFirst())
                .filter(Fault.possible(lab.spec())::contains)
                .orElseThrow(() -> new IllegalArgumentException("no such fault here: " + words.getFirst()));
        var damage = fault.at(lab, random(words)).strike(lab);
        lab.clearGateway();
        var line = fault.title() + " in " + damage;
        Files.writeString(folder.resolve("broken"), line + "\n", StandardOpenOption.APPEND);
        System.out.println(line);
    }

    /// The same seed strikes the same place; without one, it is any place.
    private static RandomGenerator random(List<String> words) {
        long seed = words.size() > 1 ? Long.parseLong(words.get(1)) : System.nanoTime();
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static void list() {
        System.out.println("specs: " + String.join(" ", LabSpec.names()));
        System.out.println("faults:");
        for (var fault : Fault.values()) {
            System.out.println("  " + fault.title());
        }
    }

    /// Connects all pairs, and says what fails and whether the engine knew.
    private void status() throws IOException {
        var lab = lab();
        System.out.println("spec: " + Files.readString(folder.resolve("spec")));
        Files.readAllLines(folder.resolve("broken")).forEach(line -> System.out.println("broken: " + line));
        var comparison = Comparison.of(lab, observer);
        var failing = comparison.pairs().stream()
                .filter(each -> each.outcome() != Outcome.OK)
                .collect(groupingBy(
                        each -> each.pair().from().name(),
                        TreeMap::new,
                        mapping(each -> each.pair().name() + " " + each.outcome(), toList())));
        failing.forEach((pod, targets) -> System.out.printf("%s cannot reach: %s%n", pod, String.join(", ", targets)));
        System.out.printf(
                "%d pairs, %d connected; the engine is wrong on %d, and does not tell %d%n",
                comparison.pairs().size(),
                comparison.connected(),
                comparison.wrong().size(),
                comparison.undetermined().size());
        comparison.wrong().forEach(wrong -> System.out.println("WRONG " + wrong));
    }
}
