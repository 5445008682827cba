package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The addresses in the templates: each goes through `@{...}`, which puts the path before it under which a proxy shows
/// the console.
class LinksTest {

    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\w-])((?:th:)?(?:href|src|action|formaction|poster|hx-(?:get|post|put|patch|delete|action)))=\"([^\"]*)\"");
    private static final Pattern OF_A_LIST = Pattern.compile("th:attr=\"(?:[^\"]*,)?(href|src|action)=(?!@\\{|'#)");
    private static final Pattern FINE = Pattern.compile("#.*|data:,|@\\{.*|\\$\\{'#'.*|\\|#.*", Pattern.DOTALL);

    @Test
    void everyAddressKeepsThePathOfTheConsole() throws IOException {
        var astray = new TreeSet<String>();
        int addresses = 0;
        try (var files = Files.list(Path.of("src/main/resources/templates"))) {
            for (var file : files.toList()) {
                var text = Files.readString(file);
                for (var match : ADDRESS.matcher(text).results().toList()) {
                    addresses++;
                    if (!FINE.matcher(match.group(2)).matches()) {
                        astray.add("%s: %s".formatted(file.getFileName(), match.group()));
                    }
                }
                OF_A_LIST.matcher(text).results().forEach(match -> astray.add(file.getFileName() + match.group()));
            }
        }

        assertThat(astray).isEmpty();
        assertThat(addresses).isGreaterThan(100);
    }
}
