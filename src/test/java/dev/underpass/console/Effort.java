package dev.underpass.console;

import java.util.List;

/// How often times are taken, and which of them a budget is held against.
enum Effort {

    /// What nearly everybody gets: of a machine with nothing else to do.
    TYPICAL(15, 40, 5, 1),

    /// The best of all: too slow only where the code is, not where the machine was busy for a moment.
    BEST(5, 20, 4, 3);

    private static final double ALL = 100;

    private final int warmUp;
    private final int asks;
    private final int windows;
    private final int walks;

    /// @param warmUp how often a page is asked for before
    /// @param asks how often a page is asked for
    /// @param windows how often a page is shown in a new window
    /// @param walks how often the drawing is moved about
    Effort(int warmUp, int asks, int windows, int walks) {
        this.warmUp = warmUp;
        this.asks = asks;
        this.windows = windows;
        this.walks = walks;
    }

    int warmUp() {
        return warmUp;
    }

    int asks() {
        return asks;
    }

    int windows() {
        return windows;
    }

    int walks() {
        return walks;
    }

    /// The time that counts.
    ///
    /// @param percent how many of them may not be longer
    double counted(List<Double> sorted, int percent) {
        return this == BEST ? sorted.getFirst() : at(sorted, percent);
    }

    static double at(List<Double> sorted, int percent) {
        return sorted.get((int) Math.ceil(sorted.size() * percent / ALL) - 1);
    }
}
