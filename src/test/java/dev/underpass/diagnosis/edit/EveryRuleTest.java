package dev.underpass.diagnosis.edit;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every line of code by which a rule speaks is the one behind a problem that an example expects.
class EveryRuleTest {

    private static final Set<String> SPEAKING = Set.of("refuse", "refuseIfNew", "warn", "add");
    private static final Set<String> SPEAKERS = Set.of("Problems.java", "Review.java");

    /// The problems by the line, such as `PoolRules.java:54`, that found them.
    private static final Map<String, Set<FieldProblem>> FOUND = new ConcurrentHashMap<>();

    /// Is called by [Problems#add] while the examples run.
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
    void hasAnExampleThatExpectsWhatItSays() throws Exception {
        var instrumentation = instrumentation();
        var original = bytes(Problems.class);
        instrumentation.redefineClasses(new ClassDefinition(Problems.class, woven(original)));
        try {
            RuleExamples.run();
        } finally {
            instrumentation.redefineClasses(new ClassDefinition(Problems.class, original));
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

    /// By the agent that Mockito brings. Its annotations are of a library that is not there, so that the compiler must
    /// not see it.
    private static Instrumentation instrumentation() throws ReflectiveOperationException {
        return (Instrumentation) Class.forName("net.bytebuddy.agent.ByteBuddyAgent")
                .getMethod("install")
                .invoke(null);
    }

    private static byte[] bytes(Class<?> code) throws IOException {
        try (var file = code.getResourceAsStream(code.getSimpleName() + ".class")) {
            return Objects.requireNonNull(file).readAllBytes();
        }
    }

    /// The class, whose method `add` first calls [#found].
    private static byte[] woven(byte[] original) {
        var found = MethodTypeDesc.of(
                ConstantDescs.CD_void, FieldProblem.class.describeConstable().orElseThrow());
        var calling = new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                code.aload(1)
                        .invokestatic(EveryRuleTest.class.describeConstable().orElseThrow(), "found", found);
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
            }
        };
        return ClassFile.of()
                .transformClass(
                        ClassFile.of().parse(original),
                        ClassTransform.transformingMethodBodies(
                                method -> method.methodName().equalsString("add"), calling));
    }

    /// The lines that make a problem.
    private static SortedSet<String> rules() {
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
