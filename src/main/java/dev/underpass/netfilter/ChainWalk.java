package dev.underpass.netfilter;

import dev.underpass.netfilter.Evidence.Step;
import dev.underpass.words.Sentence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// The walk of one packet through a base chain and the chains that it jumps to.
final class ChainWalk {

    /// More rules than a packet meets on any node; beyond it nobody can tell.
    private static final int MOST_RULES = 2_000_000;

    /// The detail of evidence that no rule but the policy decided.
    static final Sentence POLICY = Phrases.POLICY.with();

    /// A chain to return to, and the rule to go on with.
    ///
    /// @param entered the chains that this frame is or was in, by goto
    private record Frame(Chain chain, int next, Set<Chain> entered) {}

    /// What the base chain decided.
    ///
    /// @param verdict never a jump or RETURN
    /// @param by the rule or policy
    record Decision(Verdict verdict, Evidence by) {}

    private final BaseChain base;
    private final Passage passage;
    private final RuleRun run;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Set<Chain> active = new HashSet<>();
    private int visited;

    ChainWalk(BaseChain base, Passage passage, RuleRun run) {
        this.base = base;
        this.passage = passage;
        this.run = run;
    }

    Decision decision() {
        enter(base.chain(), new HashSet<>());
        while (!frames.isEmpty()) {
            var frame = frames.pop();
            int number =
                    frame.chain().rules().next(frame.next(), passage.packet().destination());
            if (number < 0) {
                active.removeAll(frame.entered());
                continue;
            }
            if (++visited > MOST_RULES) {
                return byRule(
                        undecided(frame.chain().rules().at(number)),
                        frame.chain().rules().at(number));
            }
            frames.push(new Frame(frame.chain(), number + 1, frame.entered()));
            var rule = frame.chain().rules().at(number);
            var verdict = followed(run.verdict(rule, passage), rule);
            if (verdict != Verdict.Plain.CONTINUE) {
                return byRule(verdict, rule);
            }
        }
        return new Decision(
                base.policy(),
                new Evidence(Step.FILTER, base.chain().table(), base.chain().name(), base.policyText(), POLICY));
    }

    private Decision byRule(Verdict verdict, Rule rule) {
        return new Decision(verdict, Passage.evidence(Step.FILTER, rule, detail(verdict, rule)));
    }

    private Sentence detail(Verdict verdict, Rule rule) {
        var what = verdict instanceof Verdict.Reject reject
                ? "REJECT with " + reject.to(passage.family())
                : verdict.toString();
        return rule.assuming(Sentence.line(what + " " + passage.packet()));
    }

    /// The verdict with jumps and returns carried out, which leaves CONTINUE of them.
    private Verdict followed(Verdict verdict, Rule rule) {
        return switch (verdict) {
            case Verdict.Plain plain -> {
                if (plain == Verdict.Plain.RETURN) {
                    active.removeAll(frames.pop().entered());
                }
                yield plain == Verdict.Plain.RETURN ? Verdict.Plain.CONTINUE : plain;
            }
            case Verdict.Reject reject -> reject;
            case Verdict.Jump(var target) -> jump(target, false, rule);
            case Verdict.Goto(var target) -> jump(target, true, rule);
            case Verdict.Unknown _ -> undecided(rule);
        };
    }

    /// Enters a chain; one that it is in already, or that is not there, is a rule nobody can
    /// follow.
    private Verdict jump(String target, boolean forGood, Rule rule) {
        var chain = base.chain().sibling(target);
        if (chain == null || active.contains(chain)) {
            return undecided(rule);
        }
        enter(chain, forGood ? frames.pop().entered() : new HashSet<>());
        return Verdict.Plain.CONTINUE;
    }

    private void enter(Chain chain, Set<Chain> entered) {
        entered.add(chain);
        active.add(chain);
        frames.push(new Frame(chain, 0, entered));
    }

    private Verdict undecided(Rule rule) {
        return passage.choose(Choices.Kind.UNKNOWN_RULE, rule, 2) == 0 ? Verdict.Plain.CONTINUE : Verdict.Plain.DROP;
    }
}
