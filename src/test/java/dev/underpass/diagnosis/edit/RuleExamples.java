package dev.underpass.diagnosis.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Set;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// The tests that show what each rule says.
public final class RuleExamples {

    private static final List<Class<?>> EXAMPLES = List.of(
            EditRulesCoordinatorTest.class,
            EditRulesHostileTest.class,
            EditRulesMultusTest.class,
            EditRulesPoolTest.class,
            EditRulesReservedIpTest.class,
            EditRulesSubnetTest.class);

    private RuleExamples() {}

    /// What the rules say: of every rule that speaks something, as [EveryRuleTest] sees to.
    public static Set<FieldProblem> shown() {
        run();
        return Set.copyOf(Expected.SEEN);
    }

    static void run() {
        var selected = EXAMPLES.stream()
                .map(each -> (DiscoverySelector) selectClass(each))
                .toList();
        var summary = new SummaryGeneratingListener();
        var launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build());
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request().selectors(selected).build(), summary);
        assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(100);
        assertThat(summary.getSummary().getFailures()).isEmpty();
    }
}
