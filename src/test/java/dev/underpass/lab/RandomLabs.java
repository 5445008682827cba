package dev.underpass.lab;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// Many random labs, a few at a time.
final class RandomLabs {

    /// They mostly wait for connections that never come.
    private static final int AT_ONCE = 3;

    private RandomLabs() {}

    /// @param each told of each lab when it is done
    static List<RandomLab> of(LongStream seeds, Observer observer, Consumer<RandomLab> each) {
        try (var executor = Executors.newFixedThreadPool(AT_ONCE)) {
            var labs = seeds.mapToObj(seed -> executor.submit(() -> {
                        var lab = RandomLab.of(seed, observer);
                        each.accept(lab);
                        return lab;
                    }))
                    .toList();
            var done = new java.util.ArrayList<RandomLab>();
            for (var lab : labs) {
                done.add(lab.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Runs labs and prints what was found.
    ///
    /// @param arguments the first seed, and how many
    public static void main(String... arguments) {
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        var labs = of(LongStream.range(first, first + count), new AgentObserver(), System.out::println);
        long pairs =
                labs.stream().mapToLong(lab -> lab.comparison().pairs().size()).sum();
        long connected =
                labs.stream().mapToLong(lab -> lab.comparison().connected()).sum();
        long wrong =
                labs.stream().mapToLong(lab -> lab.comparison().wrong().size()).sum();
        long undetermined = labs.stream()
                .mapToLong(lab -> lab.comparison().undetermined().size())
                .sum();
        System.out.printf(
                "%d labs, %d pairs (%d connected): %d wrong, %d undetermined%n",
                labs.size(), pairs, connected, wrong, undetermined);
        System.exit(wrong == 0 && undetermined * 100 <= pairs ? 0 : 1);
    }
}
