package dev.underpass.netfilter;

import dev.underpass.net.Packet;
import dev.underpass.netfilter.Evidence.Step;
import dev.underpass.words.Sentence;
import java.util.Optional;

/// Address translation of connections (`nf_nat_core.c`): rules bind a connection once, and all its
/// packets follow.
final class Translation {

    private static final int FIRST_FREE_PORT = 1024;
    private static final int LAST_PORT = 65_535;

    private final ConnectionTable connections;

    Translation(ConnectionTable connections) {
        this.connections = connections;
    }

    /// Carries out a rule's translation of a connection that has none of its kind yet.
    Verdict bind(Statement.Translate translate, Rule rule, Passage passage) {
        var connection = passage.connection();
        var manip = Manip.at(passage.hook());
        if (connection == null) {
            return Verdict.Plain.ACCEPT;
        }
        if ((translate.manip() != null && translate.manip() != manip) || connection.is(manip.done())) {
            return new Verdict.Unknown("a translation out of place");
        }
        var old = Endpoint.of(connection.reply().inverted(), manip);
        var chosen = NewEnd.of(translate.target(), old, rule, passage);
        if (chosen instanceof Value.Tuple(var parts)
                && parts.getFirst() instanceof Value.Address(var address)
                && parts.getLast() instanceof Value.Numeric(var port)
                && address.family() == passage.family()) {
            var settled = settle(connection, manip, new Endpoint(address, (int) port));
            if (translate.target() instanceof Statement.Target.Masquerade && passage.out() != null) {
                connection.masqueradedFor(passage.out());
            }
            passage.note(step(manip), rule, rule.assuming(becomes(manip, old, settled)));
            return Verdict.Plain.ACCEPT;
        }
        if (translate.target() instanceof Statement.Target.Redirect
                && chosen == Value.Missing.UNKNOWN
                && passage.in() != null) {
            // nf_nat_redirect drops what came in by a device without an address.
            return Verdict.Plain.DROP;
        }
        return chosen == Value.Missing.ABSENT
                ? Verdict.Plain.BREAK
                : new Verdict.Unknown("the new address cannot be told");
    }

    /// No rule wants another address: only a source port that is taken makes way.
    void bindUnchanged(Connection connection, Manip manip) {
        settle(connection, manip, Endpoint.of(connection.reply().inverted(), manip));
    }

    private Endpoint settle(Connection connection, Manip manip, Endpoint wanted) {
        var before = connection.reply().inverted();
        var end = manip == Manip.SOURCE ? withFreePort(connection, wanted, before) : wanted;
        var after = end.in(before, manip);
        if (!after.equals(before)) {
            connection.answeredBy(after.inverted());
            connection.set(manip.bit());
        }
        connection.set(manip.done());
        return end;
    }

    private Endpoint withFreePort(Connection connection, Endpoint wanted, Flow flow) {
        if (isFree(connection, wanted, flow)) {
            return wanted;
        }
        for (int port = FIRST_FREE_PORT; port <= LAST_PORT; port++) {
            if (isFree(connection, wanted.withPort(port), flow)) {
                return wanted.withPort(port);
            }
        }
        return wanted;
    }

    private boolean isFree(Connection connection, Endpoint source, Flow flow) {
        return !connections.isTaken(source.in(flow, Manip.SOURCE).inverted(), connection);
    }

    /// Gives the packet the addresses that its connection has at this hook.
    ///
    /// @param fresh whether a rule of this hook has just said why
    void apply(Connection connection, Passage passage, boolean fresh) {
        var manip = Manip.at(passage.hook());
        if (!connection.is(passage.reply() ? manip.opposite().bit() : manip.bit())) {
            return;
        }
        var target = (passage.reply() ? connection.original() : connection.reply()).inverted();
        var old = Endpoint.of(Flow.of(passage.packet()), manip);
        var end = Endpoint.of(target, manip);
        if (end.equals(old)) {
            return;
        }
        passage.becomes(translated(passage.packet(), manip, end));
        if (manip == Manip.DESTINATION && passage.hook() == Hook.OUTPUT) {
            passage.routeAgain();
        }
        if (!fresh) {
            var why = passage.reply() ? Phrases.ANSWER_TRANSLATED : Phrases.TRANSLATED;
            passage.note(new Evidence(
                    Step.CONNTRACK, "conntrack", "", connection.toString(), why.with(becomes(manip, old, end))));
        }
    }

    private static Packet translated(Packet packet, Manip manip, Endpoint end) {
        return manip == Manip.SOURCE
                ? packet.withSource(end.address(), end.port())
                : packet.withDestination(end.address(), end.port());
    }

    private static Step step(Manip manip) {
        return manip == Manip.SOURCE ? Step.MASQUERADE : Step.DNAT;
    }

    private static Sentence becomes(Manip manip, Endpoint before, Endpoint after) {
        boolean source = manip == Manip.SOURCE;
        if (before.equals(after)) {
            return (source ? Phrases.SOURCE_STAYS : Phrases.DESTINATION_STAYS).with(before);
        }
        return (source ? Phrases.SOURCE_BECOMES : Phrases.DESTINATION_BECOMES).with(before, after);
    }

    /// Whether a masqueraded connection now leaves by another device, which ends it
    /// (`nf_nat_oif_changed`).
    static boolean leavesElsewhere(Connection connection, Passage passage) {
        return passage.hook() == Hook.POSTROUTING
                && !passage.reply()
                && connection.masqueradeDevice() != null
                && !Optional.ofNullable(passage.out()).equals(Optional.of(connection.masqueradeDevice()));
    }
}
