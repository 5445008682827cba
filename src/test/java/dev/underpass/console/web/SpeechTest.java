package dev.underpass.console.web;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.diagnosis.edit.FieldProblem;
import dev.underpass.diagnosis.edit.RuleExamples;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Trace;
import dev.underpass.words.Phrase;
import dev.underpass.words.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class SpeechTest {

    private static final Speech CHINESE = speech(Locale.SIMPLIFIED_CHINESE);
    private static final Speech ENGLISH = speech(Locale.ENGLISH);
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)}");

    /// What only a sentence has; a line of a tool has no such words outside of a comment.
    private static final Pattern SENTENCE = Pattern.compile(
            "(?<![-\\w])(the|is|are|was|were|has|have|of|not|and|which|that|nobody|nothing|cannot|answers|reaches)\\b");

    private static final Pattern COMMENT = Pattern.compile("\"[^\"]*\"|--comment [^\" ]+");

    private static final Pattern QUOTED = Pattern.compile("'[^']*'|“[^”]*”");

    private static Speech speech(Locale locale) {
        var messages = new ResourceBundleMessageSource();
        messages.setBasenames("messages/codes/codes", "messages/codes/sentences");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return new Speech(messages, locale);
    }

    /// The constants of all enums whose names end with Phrases.
    private static List<Phrase> phrases() throws IOException {
        var source = Path.of("src/main/java");
        try (var files = Files.walk(source)) {
            return files.filter(file -> file.toString().endsWith("Phrases.java"))
                    .map(file -> source.relativize(file)
                            .toString()
                            .replace(".java", "")
                            .replace('/', '.'))
                    .flatMap(SpeechTest::constants)
                    .toList();
        }
    }

    private static Stream<Phrase> constants(String type) {
        try {
            return Stream.of(Class.forName(type).getEnumConstants()).map(Phrase.class::cast);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyPhraseIsSaidInChineseOfTheSameThings() throws IOException {
        var words = new Properties();
        try (var in =
                Files.newBufferedReader(Path.of("src/main/resources/messages/codes/sentences_zh_CN.properties"))) {
            words.load(in);
        }

        var theirs = new TreeMap<String, Set<String>>();
        words.stringPropertyNames().forEach(key -> theirs.put(key, arguments(words.getProperty(key))));
        var ours = new TreeMap<String, Set<String>>();
        phrases().forEach(phrase -> ours.put(phrase.key(), numbers(phrase)));
        assertThat(theirs).isEqualTo(ours);
    }

    private static Set<String> arguments(String text) {
        var arguments = new TreeSet<String>();
        ARGUMENT.matcher(text).results().forEach(match -> arguments.add(match.group(1)));
        return arguments;
    }

    private static Set<String> numbers(Phrase phrase) {
        int count = phrase.text().split("%s", -1).length - 1;
        return new TreeSet<>(
                IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    static List<String> recordings() {
        return Recordings.names().stream()
                .filter(name -> !name.startsWith("random-"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void nothingThatIsSaidOfARecordingIsLeftInEnglish(String recording) {
        var analysis = Analysis.of(Recordings.read(recording));

        var said = said(analysis);

        assertThat(said).hasSizeGreaterThan(50);
        assertThat(said.stream().map(CHINESE::of).filter(SpeechTest::isEnglish)).isEmpty();
        assertThat(said).allSatisfy(sentence -> assertThat(ENGLISH.of(sentence)).isEqualTo(sentence.toString()));
    }

    @Test
    void nothingThatARuleSaysOfAnEditIsLeftInEnglish() {
        var said = RuleExamples.shown().stream().map(FieldProblem::words).collect(toSet());

        assertThat(said).hasSizeGreaterThan(150);
        assertThat(said).noneMatch(Sentence::isLine);
        assertThat(said.stream().map(CHINESE::of).map(SpeechTest::withoutQuoted).filter(SpeechTest::isEnglish))
                .isEmpty();
        assertThat(said).allSatisfy(sentence -> assertThat(ENGLISH.of(sentence)).isEqualTo(sentence.toString()));
    }

    /// Without what people typed and what a parser or the kernel says.
    private static String withoutQuoted(String text) {
        return QUOTED.matcher(text).replaceAll("");
    }

    private static boolean isEnglish(String text) {
        return SENTENCE.matcher(COMMENT.matcher(text).replaceAll("")).find();
    }

    private static Set<Sentence> said(Analysis analysis) {
        var said = new LinkedHashSet<Sentence>();
        for (var pod : analysis.pods()) {
            said.add(pod.network().reason());
            pod.drift().forEach(item -> said.add(item.reason()));
            pod.plan().lines().forEach(line -> said.add(line.because()));
            pod.settings().all().forEach(setting -> said.add(setting.source()));
            pod.settings().cidrs().forEach(cidr -> said.add(cidr.source()));
        }
        for (var finding : analysis.findings()) {
            said.add(finding.summary());
            said.addAll(finding.evidence());
        }
        for (var client : analysis.clients()) {
            for (var pair : analysis.pairs(client)) {
                add(said, analysis.trace(pair.from(), pair.to()), analysis.verdict(pair.from(), pair.to()));
            }
        }
        return said;
    }

    private static void add(Set<Sentence> said, Trace trace, Verdict verdict) {
        said.add(verdict.summary());
        said.addAll(trace.alternatives());
        for (var path : trace.paths()) {
            said.add(path.end().noted());
            said.add(path.end().where().words());
            Stream.concat(path.forward().stream(), path.reply().stream()).forEach(hop -> add(said, hop));
        }
    }

    private static void add(Set<Sentence> said, Hop hop) {
        said.add(hop.detail());
        said.add(hop.where().words());
        said.add(Sentence.line(hop.evidence()));
    }
}
