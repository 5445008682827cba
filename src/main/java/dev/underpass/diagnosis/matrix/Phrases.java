package dev.underpass.diagnosis.matrix;

import dev.underpass.words.Phrase;

/// What is said of pairs that are not judged.
enum Phrases implements Phrase {
    NODE_PORTS_UNPROVEN("Verdicts on NodePorts are not proven against real packets yet."),
    TOO_MANY_PAIRS("More than %s pairs of a Pod and an endpoint's address: ask for one with a trace.");

    private final String text;

    Phrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
