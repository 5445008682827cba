package dev.underpass.cli;

import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.bundle.BundleWriter;
import dev.underpass.console.capture.Redacted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `capture`: what is known of a cluster now, as a bundle.
@Command(
        name = "capture",
        description = {
            "Writes a bundle: the cluster's objects from the Kubernetes API, and its nodes' reports from the console.",
            "Secrets are never read. The bundle holds no environment, volumes or arguments of Pods, and of ConfigMaps only"
                    + " the cluster network's settings."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:the bundle is written", "2:bad input; nothing is written"})
final class CaptureCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIRECTORY", description = "Where to write it; it must be empty, or not there yet.")
    private Path directory = Path.of("");

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "How to reach the API; else what KUBECONFIG names, ~/.kube/config, or the Pod's own account.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Another context of it than the current one.")
    private String context = "";

    @Option(
            names = "--console",
            paramLabel = "URL",
            description = "The console that the agents report to; without it the bundle has no reports.")
    private @Nullable String console;

    @Option(
            names = "--console-token-file",
            paramLabel = "FILE",
            description = "A file with a bearer token for the console; only by https, or to this machine.")
    private @Nullable Path consoleToken;

    @Option(names = "--from-bundle", paramLabel = "PATH", description = "Take a bundle instead of the live cluster.")
    private @Nullable Path source;

    @Option(
            names = "--redact",
            description = {
                "Replace names of nodes, namespaces, Pods, Services and the rest, labels, MAC and IP addresses.",
                "Equal ones stay equal, and what contains what stays so: the bundle's analysis is the same."
            })
    private boolean redact;

    @Option(names = "--seed", hidden = true, description = "Redact as another run with the same seed did.")
    private @Nullable String seed;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInputException {
        try {
            BundleWriter.checkPlace(directory);
            BundleWriter.write(redact ? redacted(contents()) : BundleWriter.files(contents()), directory);
            return 0;
        } catch (BundleException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, byte[]> redacted(BundleContents contents) throws BundleException {
        return seed == null
                ? Redacted.files(contents)
                : Redacted.files(contents, seed.getBytes(StandardCharsets.UTF_8));
    }

    private BundleContents contents() throws BadInputException, BundleException {
        if (source != null) {
            if (kubeconfig != null || !context.isEmpty() || console != null || consoleToken != null) {
                throw new BadInputException("--from-bundle takes all from the bundle: not together with --kubeconfig,"
                        + " --context, --console, --console-token-file");
            }
            return BundleReader.contents(source);
        }
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        return new LiveCapture(err).of(configuration(), context, address(), Instant.now());
    }

    private @Nullable ConsoleAddress address() throws BadInputException {
        if (console == null && consoleToken != null) {
            throw new BadInputException("--console-token-file: which console? name it with --console");
        }
        return console == null ? null : ConsoleAddress.of(console, consoleToken);
    }

    private String configuration() throws BadInputException {
        if (kubeconfig != null) {
            if (!Files.isReadable(kubeconfig)) {
                throw new BadInputException("--kubeconfig: cannot be read: " + kubeconfig);
            }
            return kubeconfig.toString();
        }
        var named = System.getenv("KUBECONFIG");
        if (named != null && !named.isEmpty()) {
            return named;
        }
        var usual = Path.of(System.getProperty("user.home", ""), ".kube", "config");
        return Files.isReadable(usual) ? usual.toString() : "";
    }
}
