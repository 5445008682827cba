package dev.underpass.console.probes;

import dev.underpass.words.Phrase;

/// Why a probe failed.
enum Phrases implements Phrase {
    LATE("the agent did not report all results within %s s"),
    NO_NODE("the Pod runs on no node"),
    NO_COMMANDS("the agent of node %s takes no commands now");

    private final String text;

    Phrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
