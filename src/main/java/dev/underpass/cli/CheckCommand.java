package dev.underpass.cli;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.view.FindingView;
import dev.underpass.console.view.PairView;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.reachability.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `check`: what is wrong in a bundle, and every pair that does not connect.
@Command(
        name = "check",
        description = "Analyses a bundle: findings, and every unreachable pair.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:nothing wrong", "1:something is unreachable", "2:bad input"})
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BUNDLE", description = "A directory, a .tar.gz or a .zip.")
    private Path bundle = Path.of("");

    @Option(names = "--json", description = "Print all pairs of the selection, and the findings, as JSON.")
    private boolean json;

    @Option(names = "--from", paramLabel = "NS/NAME", description = "Only pairs from this Pod.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "NS/NAME[:PORT]|IP:PORT",
            description = "Only pairs to this Service, or to this address.")
    private @Nullable String to;

    @Option(names = "--pods", description = "Also every endpoint's Pod address.")
    private boolean pods;

    @Option(names = "--pairs", paramLabel = "FILE", description = "Exactly the pairs of a JSON list, in its order.")
    private @Nullable Path pairs;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInputException {
        var loaded = Loaded.from(bundle);
        var questions = pairs == null ? selected(loaded) : PairsFile.read(pairs, loaded);
        var verdicts = questions.stream()
                .map(question -> loaded.analysis().verdict(question.from(), question.to()))
                .toList();
        var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        out.print(json ? json(loaded.analysis(), verdicts) : CheckText.of(loaded.analysis(), verdicts));
        out.flush();
        boolean unreachable =
                verdicts.stream().anyMatch(each -> each.disposition().fold() == Fold.UNREACHABLE);
        return unreachable ? 1 : 0;
    }

    /// One pair to judge.
    record Question(ObjectName from, Target to) {}

    private List<Question> selected(Loaded loaded) throws BadInputException {
        var clients = from == null ? loaded.analysis().clients() : List.of(loaded.pod("--from", from));
        var questions = new ArrayList<Question>();
        for (var client : clients) {
            for (var target : targets(loaded, client)) {
                questions.add(new Question(client, target));
            }
        }
        return questions;
    }

    private Iterable<Target> targets(Loaded loaded, ObjectName client) throws BadInputException {
        if (to != null) {
            return loaded.targets("--to", to).stream()
                    .filter(target ->
                            target.service() == null || loaded.analysis().speaks(client, target))
                    .toList();
        }
        var targets = new LinkedHashSet<>(loaded.analysis().serviceTargets(client));
        if (pods) {
            targets.addAll(loaded.analysis().podTargets(client));
        }
        return targets;
    }

    /// The document that `--json` prints.
    record Document(List<PairView> pairs, List<FindingView> findings) {}

    private static String json(Analysis analysis, List<Verdict> verdicts) {
        var document = new Document(
                verdicts.stream().map(PairView::of).toList(),
                analysis.findings().stream().map(FindingView::of).toList());
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }
}
