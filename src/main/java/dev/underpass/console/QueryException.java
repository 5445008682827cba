package dev.underpass.console;

/// A word of a query that cannot be understood.
public final class QueryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Why why;
    private final String word;
    private final int start;
    private final String known;

    /// @param start where the word begins in the query
    /// @param known what could stand there
    QueryException(Why why, String word, int start, String known) {
        super("'%s': %s %s".formatted(word, why.text, known));
        this.why = why;
        this.word = word;
        this.start = start;
        this.known = known;
    }

    /// What is wrong with it.
    public enum Why {
        KEY("unknown key; known are"),
        EMPTY("no value after the colon; possible are"),
        VALUE("not understood; possible are");

        private final String text;

        Why(String text) {
            this.text = text;
        }
    }

    public Why why() {
        return why;
    }

    public String word() {
        return word;
    }

    public int start() {
        return start;
    }

    public String known() {
        return known;
    }
}
