package dev.underpass.netfilter;

import dev.underpass.words.Phrase;

/// What packet filters say.
enum Phrases implements Phrase {
    POLICY("policy"),
    DOES_NOT_MATCH("does not match"),
    ASSUMED("%s; %s"),
    LIMIT_NOT_REACHED("its limit is taken as not reached"),
    CLIENT_IS_NEW("the client is taken as new to the list of recent addresses"),
    NOT_TRACKED("%s: not tracked"),
    UNKNOWN_CONNECTION("%s: INVALID, no connection is known"),
    STATE_FORBIDS("%s: INVALID, the state of the connection does not allow it"),
    MARK_BECOMES("mark %s becomes %s"),
    CONNECTION_MARK_BECOMES("connection mark %s becomes %s"),
    SOURCE_BECOMES("source %s becomes %s"),
    SOURCE_STAYS("source %s stays"),
    DESTINATION_BECOMES("destination %s becomes %s"),
    DESTINATION_STAYS("destination %s stays"),
    TRANSLATED("translated connection: %s"),
    ANSWER_TRANSLATED("answer of a translated connection: %s"),
    TAKEN("%s: another connection has these addresses and ports"),
    MASQUERADED_ELSEWHERE("%s: masqueraded for another device, so the connection ends");

    private final String text;

    Phrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
