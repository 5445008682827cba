package dev.underpass.agent.netlink;

import dev.underpass.net.Scope;
import dev.underpass.net.TableId;

/// The objects of small numbers: thousands of routes have the same few tables and scopes.
final class Shared {

    private static final int SIZE = 256;
    private static final Scope[] SCOPES = new Scope[SIZE];
    private static final TableId[] TABLES = new TableId[SIZE];

    static {
        for (int i = 0; i < SIZE; i++) {
            SCOPES[i] = new Scope(i);
            TABLES[i] = new TableId(Integer.toString(i));
        }
    }

    private Shared() {}

    static Scope scope(int number) {
        return SCOPES[number & 0xff];
    }

    static TableId table(int number) {
        return number >= 0 && number < SIZE ? TABLES[number] : new TableId(Integer.toUnsignedString(number));
    }
}
