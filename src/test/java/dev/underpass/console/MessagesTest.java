package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The words of the pages: every key that a template uses is there, and none is left over.
class MessagesTest {

    private static final Pattern KEY = Pattern.compile("#\\{([a-zA-Z][a-zA-Z0-9.-]*)");
    private static final Pattern COMPUTED = Pattern.compile("#\\{\\$\\{'((?:[a-zA-Z]+\\.)+)'");

    private static Set<String> found(Pattern pattern) throws IOException {
        var keys = new TreeSet<String>();
        try (var files = Files.list(Path.of("src/main/resources/templates"))) {
            for (var file : files.toList()) {
                pattern.matcher(Files.readString(file)).results().forEach(match -> keys.add(match.group(1)));
            }
        }
        return keys;
    }

    private static Set<String> known() throws IOException {
        var keys = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/resources"))) {
            for (var file : files.filter(MessagesTest::isEnglish).toList()) {
                var messages = new Properties();
                try (var in = Files.newBufferedReader(file)) {
                    messages.load(in);
                }
                for (var key : messages.stringPropertyNames()) {
                    assertThat(keys.add(key)).as("%s is in two files", key).isTrue();
                }
            }
        }
        return keys;
    }

    private static boolean isEnglish(Path file) {
        return file.toString().matches(".*/(messages|messages/[a-z]+)\\.properties");
    }

    @Test
    void everyKeyInATemplateIsThere() throws IOException {
        assertThat(known()).containsAll(found(KEY));
    }

    @Test
    void noKeyIsLeftOver() throws IOException {
        var unused = known();
        unused.removeAll(found(KEY));
        var computed = found(COMPUTED);
        unused.removeIf(key -> computed.stream().anyMatch(key::startsWith) || key.startsWith("error."));
        assertThat(unused).isEmpty();
    }

    @Test
    void templatesUseNothingThatTheSecurityPolicyForbids() throws IOException {
        assertThat(found(Pattern.compile("(style=|onclick=|hx-on|<style|javascript:|js:)")))
                .isEmpty();
    }
}
