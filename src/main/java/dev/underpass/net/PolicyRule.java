package dev.underpass.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line of the routing policy database, `ip-rule(8)`.
///
/// @param priority rules are tried from the smallest on
/// @param selector which packets it takes
/// @param action what it does with them
public record PolicyRule(long priority, Selector selector, Action action) {

    /// What a rule does with a packet that its selector takes.
    public sealed interface Action {

        /// Looks the packet up in a table.
        ///
        /// @param suppressPrefixLength a result with a prefix this long or shorter is thrown away; -1 keeps all
        /// @param suppressGroup a result through a device of this group is thrown away
        record Lookup(
                TableId table,
                int suppressPrefixLength,
                @Nullable String suppressGroup) implements Action {}

        /// Looks the packet up in the table of the VRF that its device belongs to.
        record LookupL3mdev() implements Action {}

        /// Goes on with the first rule of that priority; to the next rule when there is none.
        record Goto(long priority) implements Action {}

        /// Does nothing.
        record Nop() implements Action {}

        /// Refuses the packet.
        record Refuse(Route.Type type) implements Action {}
    }

    /// The conditions of a rule; all must hold.
    ///
    /// @param inverted `not`: the rule takes the packets for which they do not all hold
    /// @param incoming `iif`; `lo` stands for packets of this namespace's own sockets
    /// @param outgoing `oif`: the device that the sender's socket is bound to
    /// @param mark compared with the packet's mark under `markMask`
    public record Selector(
            boolean inverted,
            @Nullable IpPrefix from,
            @Nullable IpPrefix to,
            int typeOfService,
            int mark,
            int markMask,
            @Nullable DeviceName incoming,
            @Nullable DeviceName outgoing,
            boolean l3mdev,
            @Nullable Range uids,
            @Nullable Integer protocol,
            @Nullable Range sourcePorts,
            @Nullable Range destinationPorts) {

        public static final Selector ALL =
                new Selector(false, null, null, 0, 0, 0, null, null, false, null, null, null, null);

        /// Whether every packet is taken.
        public boolean takesAll() {
            return equals(ALL);
        }
    }

    /// A range of numbers, both ends included.
    public record Range(long first, long last) {

        public boolean contains(long value) {
            return first <= value && value <= last;
        }

        @Override
        public String toString() {
            return first == last ? Long.toString(first) : first + "-" + last;
        }
    }

    /// The line as `ip rule` prints it, with a blank for its tab.
    @Override
    public String toString() {
        var words = new ArrayList<String>();
        words.add(priority + ":");
        addSelector(words);
        words.add(
                switch (action) {
                    case Action.Lookup(var table, var length, var group) ->
                        "lookup " + table
                                + (length < 0 ? "" : " suppress_prefixlength " + length)
                                + (group == null ? "" : " suppress_ifgroup " + group);
                    case Action.LookupL3mdev _ -> "lookup [l3mdev-table]";
                    case Action.Goto(var target) -> "goto " + target;
                    case Action.Nop _ -> "nop";
                    case Action.Refuse(var type) -> type.toString();
                });
        return String.join(" ", words);
    }

    private void addSelector(List<String> words) {
        if (selector.inverted()) {
            words.add("not");
        }
        words.add("from " + (selector.from() == null ? "all" : prefix(selector.from())));
        add(words, "to ", selector.to() == null ? null : prefix(selector.to()));
        add(words, "tos 0x", selector.typeOfService() == 0 ? null : Integer.toHexString(selector.typeOfService()));
        if (selector.markMask() != 0) {
            var mask = selector.markMask() == -1 ? "" : "/0x" + Integer.toHexString(selector.markMask());
            words.add("fwmark 0x" + Integer.toHexString(selector.mark()) + mask);
        }
        add(words, "iif ", selector.incoming());
        add(words, "oif ", selector.outgoing());
        add(words, "uidrange ", selector.uids());
        add(words, "ipproto ", protocolName(selector.protocol()));
        add(words, "sport ", selector.sourcePorts());
        add(words, "dport ", selector.destinationPorts());
    }

    private static void add(List<String> words, String keyword, @Nullable Object value) {
        if (value != null) {
            words.add(keyword + value);
        }
    }

    private static String prefix(IpPrefix prefix) {
        boolean host = prefix.length() == prefix.network().family().bits();
        return host ? prefix.network().toString() : prefix.toString();
    }

    private static @Nullable String protocolName(@Nullable Integer number) {
        if (number == null) {
            return null;
        }
        for (var protocol : Protocol.values()) {
            if (protocol.number() == number) {
                return protocol.name().toLowerCase(Locale.ROOT);
            }
        }
        return number.toString();
    }
}
