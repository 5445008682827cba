package dev.underpass.reachability;

/// Ends the walk of one packet: control flow inside the tracer, never seen outside of it.
final class Ended extends Exception {

    private static final long serialVersionUID = 1;

    private final transient End end;

    Ended(End end) {
        super(null, null, false, false);
        this.end = end;
    }

    End end() {
        return end;
    }
}
