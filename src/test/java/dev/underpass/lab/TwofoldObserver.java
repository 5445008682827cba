package dev.underpass.lab;

import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import java.nio.charset.StandardCharsets;

/// The agent's report, once it is known to be what the tools say.
///
/// The kernel goes on between the two readings: it gives up neighbours, and asks for others. Only where the agent says
/// the same before and after the tools has anything stood still that a difference could be held against.
final class TwofoldObserver implements Observer {

    private static final int TRIES = 5;

    private final Observer agent = new AgentObserver();
    private final Observer tools = new CommandObserver();

    @Override
    public String report(Lab lab, LabNode node) {
        var before = agent.report(lab, node);
        for (int i = 1; i < TRIES; i++) {
            var printed = read(tools.report(lab, node));
            try {
                AgentReportTest.same(read(before), printed);
                return before;
            } catch (AssertionError difference) {
                before = laterUnlessTheSame(before, agent.report(lab, node), difference);
            }
        }
        throw new IllegalStateException("Lab node " + node.name() + " does not stand still.");
    }

    private static String laterUnlessTheSame(String before, String after, AssertionError difference) {
        try {
            AgentReportTest.same(read(before), read(after));
        } catch (AssertionError _) {
            return after;
        }
        throw difference;
    }

    private static NodeReport read(String report) {
        try {
            return ReportReader.read(report.getBytes(StandardCharsets.UTF_8));
        } catch (ReportFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
