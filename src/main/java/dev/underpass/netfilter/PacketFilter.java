package dev.underpass.netfilter;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Packet;
import dev.underpass.netfilter.ChainWalk.Decision;
import dev.underpass.netfilter.Evidence.Step;
import dev.underpass.words.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One namespace's packet filter and connection tracking for the duration of one simulated
/// connection. Mutable; not shared.
public final class PacketFilter {

    private static final Decision ON =
            new Decision(Verdict.Plain.ACCEPT, new Evidence(Step.FILTER, "", "", "", Sentence.NONE));

    private final Ruleset rules;
    private final ConnectionTable connections;
    private final Translation translation;
    private final RuleRun run;

    public PacketFilter(Ruleset rules, Conntrack settings) {
        this.rules = rules;
        this.connections = new ConnectionTable(settings);
        this.translation = new Translation(connections);
        this.run = new RuleRun(translation);
    }

    /// Takes a packet through all that the kernel calls at one hook.
    ///
    /// @param in the device it came in by, for forwarded packets at POSTROUTING too; null for what
    ///   a process of the namespace sent
    /// @param out the device it leaves by; null at PREROUTING and INPUT
    public HookOutcome traverse(
            Hook hook,
            Tracked packet,
            @Nullable DeviceName in,
            @Nullable DeviceName out,
            Surroundings surroundings,
            Choices choices) {
        var passage = new Passage(hook, packet, in, out, surroundings, choices);
        for (var stage : rules.stages(passage.family()).at(hook)) {
            var decision = decision(stage, passage);
            if (decision.verdict() == Verdict.Plain.DROP) {
                return new HookOutcome.Dropped(passage.tracked(), decision.by(), passage.evidence());
            }
            if (decision.verdict() instanceof Verdict.Reject reject) {
                return new HookOutcome.Rejected(
                        passage.tracked(), decision.by(), reject.to(passage.family()), passage.evidence());
            }
        }
        return new HookOutcome.Accepted(passage.tracked(), passage.evidence());
    }

    /// The connections known so far, as `conntrack -L` prints them.
    public List<String> connections() {
        return connections.lines();
    }

    private Decision decision(Stage stage, Passage passage) {
        return switch (stage) {
            case Stage.Track _ -> {
                connections.track(passage);
                yield ON;
            }
            case Stage.Filter(var chain) -> filtered(chain, passage);
            case Stage.Nat nat -> translated(nat, passage);
            case Stage.Confirm _ -> confirmed(passage);
        };
    }

    private Decision filtered(BaseChain chain, Passage passage) {
        var before = passage.packet();
        var decision = new ChainWalk(chain, passage, run).decision();
        if (chain.type() == BaseChain.Type.ROUTE
                && chain.hook() == Hook.OUTPUT
                && before.mark() != passage.packet().mark()) {
            passage.routeAgain();
        }
        if (decision.verdict() == Verdict.Plain.ACCEPT && !isPolicy(decision)) {
            passage.note(decision.by());
        }
        return decision;
    }

    private static boolean isPolicy(Decision decision) {
        return decision.by().detail().equals(ChainWalk.POLICY);
    }

    private Decision translated(Stage.Nat nat, Passage passage) {
        var connection = passage.connection();
        if (connection == null) {
            return ON;
        }
        if (Translation.leavesElsewhere(connection, passage)) {
            connections.remove(connection);
            return elsewhere(connection, passage.packet());
        }
        var manip = Manip.at(passage.hook());
        boolean consult = passage.state() == CtState.NEW && !connection.is(manip.done());
        if (consult) {
            var decision = bound(nat, connection, manip, passage);
            if (decision.verdict() != Verdict.Plain.ACCEPT) {
                return decision;
            }
        }
        translation.apply(connection, passage, consult);
        return ON;
    }

    private Decision bound(Stage.Nat nat, Connection connection, Manip manip, Passage passage) {
        for (var chain : nat.chains()) {
            var decision = new ChainWalk(chain, passage, run).decision();
            if (decision.verdict() != Verdict.Plain.ACCEPT || connection.is(manip.done())) {
                return decision;
            }
        }
        translation.bindUnchanged(connection, manip);
        return ON;
    }

    private Decision confirmed(Passage passage) {
        var connection = passage.connection();
        return connection == null || connections.confirm(connection)
                ? ON
                : lost(connection, Phrases.TAKEN.with(passage.packet()));
    }

    private static Decision elsewhere(Connection connection, Packet packet) {
        return lost(connection, Phrases.MASQUERADED_ELSEWHERE.with(packet));
    }

    private static Decision lost(Connection connection, Sentence why) {
        return new Decision(
                Verdict.Plain.DROP, new Evidence(Step.CONNTRACK, "conntrack", "", connection.toString(), why));
    }
}
