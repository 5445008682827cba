package dev.underpass.cli;

/// Picks the process to run by the first argument.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(2);
    }
}
