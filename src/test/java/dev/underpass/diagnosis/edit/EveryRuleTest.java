package dev.underpass.diagnosis.edit;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Every line of code by which a rule speaks is the one behind a problem that an example expects.
class EveryRuleTest {

    private static final List<Class<?>> EXAMPLES = List.of(
            EditRulesCoordinatorTest.class,
            EditRulesHostileTest.class,
            EditRulesMultusTest.class,
            EditRulesPoolTest.class,
            EditRulesReservedIpTest.class,
            EditRulesSubnetTest.class);

    private static final Set<String> SPEAKING = Set.of("refuse", "refuseIfNew", "warn", "add");
    private static final Set<String> SPEAKERS = Set.of("Problems.java", "Review.java");

    /// The problems by the line, such as `PoolRules.java:54`, that found them.
    private static final Map<String, Set<FieldProblem>> FOUND = new ConcurrentHashMap<>();

    /// Is woven into [Problems#add].
    static final class Noting {

        private Noting() {}

        @Advice.OnMethodEnter
        static void note(@Advice.Argument(0) FieldProblem problem) {
            EveryRuleTest.found(problem);
        }
    }

    static void found(FieldProblem problem) {
        var line = StackWalker.getInstance()
                .walk(frames -> frames.skip(1)
                        .filter(frame -> !SPEAKERS.contains(frame.getFileName()))
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .findFirst()
                        .orElseThrow());
        FOUND.computeIfAbsent(line, _ -> ConcurrentHashMap.newKeySet()).add(problem);
    }

    @Test
    void hasAnExampleThatExpectsWhatItSays() throws IOException {
        var weaving = weave();
        try {
            runExamples();
        } finally {
            weaving.reset(Problems.class);
        }
        var shown = FOUND.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(Expected.SEEN::contains))
                .map(Map.Entry::getKey)
                .collect(toSet());

        var rules = rules();
        assertThat(rules).hasSizeGreaterThan(100);
        assertThat(rules.stream().filter(line -> !shown.contains(line)))
                .as("rules without an example")
                .isEmpty();
    }

    private static ClassReloadingStrategy weave() {
        ByteBuddyAgent.install();
        var strategy = ClassReloadingStrategy.fromInstalledAgent();
        new ByteBuddy()
                .redefine(Problems.class)
                .visit(Advice.to(Noting.class).on(named("add")))
                .make()
                .load(Problems.class.getClassLoader(), strategy);
        return strategy;
    }

    private static void runExamples() {
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

    /// The lines that make a problem.
    private static TreeSet<String> rules() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(Problems.class.getPackageName())
                        .stream()
                        .filter(each -> !SPEAKERS.contains(file(each)))
                        .flatMap(each -> Stream.concat(
                                        each.getMethodCallsFromSelf().stream(),
                                        each.getMethodReferencesFromSelf().stream())
                                .filter(EveryRuleTest::speaks)
                                .map(call -> file(each) + ":" + call.getLineNumber()))
                        .collect(toCollection(TreeSet::new));
    }

    private static boolean speaks(JavaAccess<?> call) {
        var owner = call.getTargetOwner();
        return (owner.isEquivalentTo(Problems.class) || owner.isEquivalentTo(Review.class))
                && SPEAKING.contains(call.getTarget().getName());
    }

    private static String file(JavaClass code) {
        return code.getSource().flatMap(source -> source.getFileName()).orElse("");
    }
}
