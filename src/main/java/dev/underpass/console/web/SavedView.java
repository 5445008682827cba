package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Unseen;
import dev.underpass.console.security.LocalPath;
import java.time.Instant;
import java.util.Set;

/// An address of this console under a name.
///
/// @param version grows with every change; of two texts of one view the one with the greater counts
/// @param to a path of this console with its query
/// @param owner who saved it; empty where nobody logs in
/// @param at when it was last changed
/// @param deleted whether it is gone
record SavedView(String id, long version, String name, String to, String owner, Instant at, boolean deleted) {

    static final int LONGEST_NAME = 100;
    static final int LONGEST_ADDRESS = 2_000;

    /// The first parts of the addresses that show something.
    private static final Set<String> PAGES = Set.of(
            "",
            "trace",
            "reachability",
            "findings",
            "topology",
            "pods",
            "services",
            "nodes",
            "coordinator",
            "networks",
            "pools",
            "reservedips",
            "changes",
            "setup");

    /// The name without the spaces around it.
    ///
    /// @throws InvalidInputException if it is none that people can tell from others
    static String nameOf(String typed) {
        var name = typed.strip();
        if (name.isEmpty()) {
            throw new InvalidInputException("name", "missing");
        }
        if (name.length() > LONGEST_NAME) {
            throw new InvalidInputException("name", "longer");
        }
        if (Unseen.in(name)) {
            throw new InvalidInputException("name", "unseen");
        }
        return name;
    }

    /// The address, if it is one of a page of this console.
    ///
    /// @throws InvalidInputException if it is none
    static String addressOf(String typed) {
        var to = typed.strip();
        if (to.length() > LONGEST_ADDRESS) {
            throw new InvalidInputException("to", "longer");
        }
        if (!savable(to)) {
            throw new InvalidInputException("to", "foreign");
        }
        return to;
    }

    /// Whether the address shows a page of this console.
    static boolean savable(String to) {
        var page = to.substring(Math.min(1, to.length())).split("[/?#]", 2)[0];
        return to.length() <= LONGEST_ADDRESS
                && !LocalPath.of(to, "").isEmpty()
                && PAGES.contains(page)
                && !to.split("[?#]", 2)[0].matches(".*/(new|edit|delete|review|apply|rebase|keep|probe)");
    }

    SavedView renamed(String other, Instant now) {
        return new SavedView(id, version + 1, other, to, owner, now, deleted);
    }

    SavedView gone(Instant now) {
        return new SavedView(id, version + 1, "", "/", owner, now, true);
    }
}
