package dev.underpass.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.core.json.JsonFactory;

/// The agent's own reading of its options, beside picocli's.
class AgentMainTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--node=n1",
                "agent --node n1 --console http://10.1.0.1:8080 --token-file=/t --ca-file /c --slow-seconds=7",
                "--node n1 --once --repeat 3 --namespaces named:blue- --pod-namespace shop --heartbeat-seconds 9",
                "--node n1 --host-netns /run/netns/blue --proc /p --cni-dir=/etc/cni"
            })
    void readsOptionsAsPicocliDoes(String arguments) throws BadInputException {
        var words = arguments.split(" ", -1);
        var expected = new AgentSettings();
        var byPicocli = words[0].equals("agent")
                ? arguments.substring("agent ".length()).split(" ", -1)
                : words;
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("settings", CommandLine.Model.CommandSpec.forAnnotatedObject(expected)))
                .parseArgs(byPicocli);

        var settings = AgentMain.parse(words);

        assertThat(settings.options()).isEqualTo(expected.options());
        assertThat(settings).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void knowsEveryOptionOfTheCommand() {
        var unknown = new ArrayList<String>();
        for (var option : new CommandLine(new AgentSettings()).getCommandSpec().options()) {
            try {
                new AgentSettings().set(option.longestName(), "1");
            } catch (BadInputException e) {
                unknown.add(e.getMessage());
            }
        }
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --nodes n1              | Unknown option: '--nodes'
            n1                      | Missing value for option 'n1'
            --node                  | Missing value for option '--node'
            --slow-seconds soon     | Invalid value for option '--slow-seconds': 'soon'
            --repeat=x              | Invalid value for option '--repeat': 'x'
            """)
    void saysWhatItDoesNotUnderstand(String arguments, String message) {
        assertThatThrownBy(() -> AgentMain.parse(arguments.split(" ", -1)))
                .isInstanceOf(BadInputException.class)
                .hasMessage(message);
    }

    @Test
    void endsWithTwoForBadInput() {
        assertThat(AgentMain.run("--namespaces", "all", "--node", "n1")).isEqualTo(2);
        assertThat(AgentMain.run("--node", "n1")).isEqualTo(2);
    }

    /// As in the image: of all libraries only the JSON parser is there.
    @Test
    void needsNoOtherLibraryThanTheJsonParser() throws Exception {
        var classPath = Stream.of(AgentMain.class, JsonFactory.class)
                .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
                .map(URL::getPath)
                .collect(joining(":"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        AgentMain.class.getName(),
                        "--node=n1",
                        "--once",
                        "--host-netns=/no/such/namespace")
                .redirectErrorStream(true)
                .start();

        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).startsWith("this node cannot be read:").contains("/no/such/namespace");
        assertThat(process.waitFor()).isEqualTo(2);
    }
}
