package dev.underpass.lab;

import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import java.nio.charset.StandardCharsets;

/// The agent's report, once it is known to be what the tools say.
final class TwofoldObserver implements Observer {

    private final Observer agent = new AgentObserver();
    private final Observer tools = new CommandObserver();

    @Override
    public String report(Lab lab, LabNode node) {
        var report = agent.report(lab, node);
        try {
            AgentReportTest.same(
                    ReportReader.read(report.getBytes(StandardCharsets.UTF_8)),
                    ReportReader.read(tools.report(lab, node).getBytes(StandardCharsets.UTF_8)));
        } catch (ReportFormatException e) {
            throw new IllegalStateException(e);
        }
        return report;
    }
}
