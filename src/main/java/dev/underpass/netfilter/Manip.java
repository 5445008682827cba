package dev.underpass.netfilter;

import dev.underpass.netfilter.Connection.Status;

/// Which end of a connection a hook translates.
enum Manip {
    SOURCE,
    DESTINATION;

    static Manip at(Hook hook) {
        return switch (hook) {
            case INPUT, POSTROUTING -> SOURCE;
            case PREROUTING, OUTPUT, FORWARD -> DESTINATION;
        };
    }

    /// Whether the connection is translated so.
    Status bit() {
        return this == SOURCE ? Status.SRC_NAT : Status.DST_NAT;
    }

    /// Whether the rules were consulted.
    Status done() {
        return this == SOURCE ? Status.SRC_NAT_DONE : Status.DST_NAT_DONE;
    }

    /// What undoes it in answers.
    Manip opposite() {
        return this == SOURCE ? DESTINATION : SOURCE;
    }
}
