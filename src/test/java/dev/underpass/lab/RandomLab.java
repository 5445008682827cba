package dev.underpass.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A lab of a random kind with up to three faults, all chosen by a seed.
///
/// @param damage one line on each fault
record RandomLab(long seed, LabSpec spec, List<String> damage, Comparison comparison) {

    private static final int MOST_FAULTS = 3;
    private static final Duration LEARNING = Duration.ofMillis(500);

    /// Builds it, breaks it, compares, and removes it.
    ///
    /// In half of the labs the caches have filled before anything breaks.
    static RandomLab of(long seed, Observer observer) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var spec = LabSpec.random(random);
        try (var lab = Lab.up(spec).listening()) {
            if (random.nextBoolean()) {
                new Connections(lab, LEARNING).once(Pair.all(spec));
            }
            var damage = broken(lab, random);
            return new RandomLab(seed, spec, damage, Comparison.of(lab, observer));
        }
    }

    private static List<String> broken(Lab lab, RandomGenerator random) {
        var possible = Fault.possible(lab.spec());
        var damage = new ArrayList<String>();
        int faults = random.nextInt(MOST_FAULTS + 1);
        for (int i = 0; i < faults; i++) {
            var fault = possible.get(random.nextInt(possible.size()));
            damage.add(fault.title() + " in " + fault.at(lab, random).strike(lab));
        }
        lab.clearGateway();
        return damage;
    }

    /// One line, and one more for each pair that is wrong.
    @Override
    public String toString() {
        var text = new StringBuilder("seed %d %s %s: %d pairs, %d connected, %d wrong, %d undetermined"
                .formatted(
                        seed,
                        spec,
                        damage,
                        comparison.pairs().size(),
                        comparison.connected(),
                        comparison.wrong().size(),
                        comparison.undetermined().size()));
        comparison.wrong().forEach(wrong -> text.append("\n  WRONG ").append(wrong));
        comparison
                .undetermined()
                .forEach(each -> text.append("\n  UNDETERMINED ").append(each));
        return text.toString();
    }
}
