package dev.underpass.netfilter;

import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Packet;
import dev.underpass.netfilter.Evidence.Step;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One packet on its way through one hook. Mutable; gone when the hook is passed.
final class Passage {

    private final Hook hook;
    private final @Nullable DeviceName in;
    private final @Nullable DeviceName out;
    private final Surroundings surroundings;
    private final Choices choices;
    private final List<Evidence> evidence = new ArrayList<>();
    private Packet packet;
    private CtState state;
    private @Nullable Connection connection;
    private boolean reply;
    private boolean reroute;

    Passage(
            Hook hook,
            Tracked tracked,
            @Nullable DeviceName in,
            @Nullable DeviceName out,
            Surroundings surroundings,
            Choices choices) {
        this.hook = hook;
        this.in = in;
        this.out = out;
        this.surroundings = surroundings;
        this.choices = choices;
        this.packet = tracked.packet();
        this.state = tracked.state();
        this.connection = tracked.connection();
        this.reply = tracked.reply();
    }

    Hook hook() {
        return hook;
    }

    @Nullable
    DeviceName in() {
        return in;
    }

    @Nullable
    DeviceName out() {
        return out;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Packet packet() {
        return packet;
    }

    Family family() {
        return packet.family();
    }

    CtState state() {
        return state;
    }

    /// Null for packets that are untracked, INVALID or not looked up yet.
    @Nullable
    Connection connection() {
        return connection;
    }

    boolean reply() {
        return reply;
    }

    int choose(Choices.Kind kind, Rule rule, int alternatives) {
        return choices.choose(kind, rule.text(), alternatives);
    }

    void becomes(Packet changed) {
        packet = changed;
    }

    void belongsTo(Connection entry, boolean isReply, CtState seenAs) {
        connection = entry;
        reply = isReply;
        state = seenAs;
    }

    /// Connection tracking refuses the packet.
    ///
    /// @param entry the connection whose state does not allow the packet; null if there is none
    void invalid(@Nullable Connection entry) {
        state = CtState.INVALID;
        var line = entry == null ? "" : entry.toString();
        var reason = entry == null ? Phrases.UNKNOWN_CONNECTION : Phrases.STATE_FORBIDS;
        evidence.add(new Evidence(Step.CONNTRACK, "conntrack", "", line, reason.with(packet)));
    }

    void untracked() {
        if (connection == null) {
            state = CtState.UNTRACKED;
        }
    }

    void routeAgain() {
        reroute = true;
    }

    void note(Step step, Rule rule, Sentence detail) {
        evidence.add(evidence(step, rule, detail));
    }

    void note(Evidence more) {
        evidence.add(more);
    }

    static Evidence evidence(Step step, Rule rule, Sentence detail) {
        return new Evidence(step, rule.table(), rule.chain(), rule.text(), detail);
    }

    Tracked tracked() {
        return new Tracked(packet, state, connection, reply, reroute);
    }

    List<Evidence> evidence() {
        return evidence;
    }
}
