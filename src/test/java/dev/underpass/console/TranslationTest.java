package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.diagnosis.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The Chinese words of the pages beside the English ones.
class TranslationTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    /// What is no word of a language: names of kinds and fields, languages in themselves, and nothing.
    private static final Set<String> SAME = Set.of(
            "fact.kube-proxy",
            "nodes.proxy",
            "pods.pod",
            "language.en",
            "language.zh-CN",
            "role.OTHER",
            "services.service",
            "palette.pod",
            "palette.service",
            "keys.key.search",
            "keys.key.filter",
            "keys.key.rows",
            "keys.key.hops",
            "keys.key.pause",
            "keys.key.sheet",
            "targetkind.SERVICE",
            "targetkind.NODE_PORT",
            "topology.lane.POD",
            "topology.lane.SERVICE",
            "topology.zoom.real",
            "pools.cell.who",
            "pools.cell");

    private static Map<String, String> words(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        var words = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> words.put(key, properties.getProperty(key)));
        return words;
    }

    static List<Path> english() throws IOException {
        try (var files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().matches(".*/(messages|messages/[a-z]+)\\.properties"))
                    .sorted()
                    .toList();
        }
    }

    private static Path chinese(Path english) {
        return Path.of(english.toString().replace(".properties", "_zh_CN.properties"));
    }

    @ParameterizedTest
    @MethodSource("english")
    void everyWordIsTranslatedWithTheSameArguments(Path english) throws IOException {
        var ours = words(english);
        var theirs = Files.exists(chinese(english)) ? words(chinese(english)) : Map.<String, String>of();

        assertThat(theirs.keySet()).isEqualTo(ours.keySet());
        ours.forEach((key, text) ->
                assertThat(arguments(theirs.getOrDefault(key, ""))).as(key).isEqualTo(arguments(text)));
    }

    private static Set<String> arguments(String text) {
        var arguments = new TreeSet<String>();
        ARGUMENT.matcher(text).results().forEach(match -> arguments.add(match.group(1)));
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("english")
    void nothingIsLeftInEnglish(Path english) throws IOException {
        words(chinese(english)).forEach((key, text) -> {
            if (!SAME.contains(key)) {
                assertThat(CHINESE.matcher(text).find()).as("%s=%s", key, text).isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void codesAreTranslatedToo(Code code) throws IOException {
        var words = words(RESOURCES.resolve("messages/codes/codes_zh_CN.properties"));

        for (var what : List.of("title", "remedy")) {
            assertThat(words.getOrDefault("code." + code + "." + what, "")).containsPattern(CHINESE);
        }
    }

    @Test
    void codeAndTemplatesHoldNoChinese() throws IOException {
        try (var files = Stream.of("src/main/java", "src/main/resources/templates", "frontend/src")
                .flatMap(TranslationTest::under)) {
            assertThat(files.filter(TranslationTest::isChinese)).isEmpty();
        }
    }

    private static Stream<Path> under(String directory) {
        try (var files = Files.walk(Path.of(directory))) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isChinese(Path file) {
        try {
            return CHINESE.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
