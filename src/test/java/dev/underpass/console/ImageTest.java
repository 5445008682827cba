package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the Dockerfile says, as far as it can be told without building an image.
class ImageTest {

    private static final Pattern SCRIPT = Pattern.compile("^COPY (scripts/\\S+) ", Pattern.MULTILINE);

    private static String dockerfile() throws IOException {
        return Files.readString(Path.of("Dockerfile"));
    }

    private static List<String> lines(String instruction) throws IOException {
        return dockerfile()
                .lines()
                .filter(line -> line.startsWith(instruction + " "))
                .toList();
    }

    @Test
    void theScriptsThatItRunsAreThere() throws IOException {
        var scripts = SCRIPT.matcher(dockerfile())
                .results()
                .map(match -> Path.of(match.group(1)))
                .toList();

        assertThat(scripts)
                .contains(Path.of("scripts/aot-cache"), Path.of("scripts/agent-jar"))
                .allMatch(Files::isExecutable);
    }

    @Test
    void theConsoleStartsWithTheCacheThatWasMadeOfTheSameFilesUnderTheSameFlags() throws IOException {
        assertThat(lines("ENTRYPOINT")).singleElement().asString().contains("\"-XX:AOTCache=/app/console.aot\"");
        assertThat(Files.readString(Path.of("scripts/aot-cache"))).contains("-XX:AOTCacheOutput=console.aot");
        var last = dockerfile().substring(dockerfile().lastIndexOf("\nFROM "));
        assertThat(last.indexOf("ENV JAVA_TOOL_OPTIONS")).isPositive().isLessThan(last.indexOf("./aot-cache ."));
        assertThat(last.lastIndexOf("extracted/application/")).isLessThan(last.indexOf("./aot-cache ."));
    }

    @Test
    void nobodyRunsAsRoot() throws IOException {
        assertThat(lines("USER")).last().isEqualTo("USER 65532:65532");
    }

    /// The list of what it is made of is needed in the jar, and lies in the image for scanners.
    @Test
    void theImageSaysWhatItIsMadeOf() throws IOException {
        assertThat(dockerfile())
                .contains("mvn -Psbom", "META-INF/sbom/application.cdx.json", "/build/underpass.cdx.json ./");
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<id>sbom</id>", "cyclonedx-maven-plugin");
    }
}
