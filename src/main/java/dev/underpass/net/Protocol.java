package dev.underpass.net;

import java.util.Locale;

/// A transport protocol that Services speak, with its number in the IP header.
public enum Protocol {
    TCP(6),
    UDP(17),
    SCTP(132);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /// Reads `TCP` or `tcp`.
    ///
    /// @throws IllegalArgumentException if the text names none of them
    public static Protocol parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// The name as iproute2 and iptables write it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
