package dev.underpass.cli;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.view.ComparisonView;
import dev.underpass.console.view.FindingView;
import dev.underpass.console.view.PairView;
import dev.underpass.console.view.WhatIfView;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Comparison;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.diagnosis.WhatIf;
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

    @Option(
            names = "--against",
            paramLabel = "BUNDLE",
            description = "Only what is different from this earlier bundle; 1 when a pair is lost.")
    private @Nullable Path against;

    @Option(
            names = "--what-if",
            paramLabel = "FILE",
            description = "What these edited manifests would do; 1 when a pair would be lost or a Pod could not start.")
    private @Nullable Path edits;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInputException {
        var loaded = Loaded.from(bundle);
        if (edits != null || against != null) {
            return whole(loaded);
        }
        var questions = pairs == null ? selected(loaded) : PairsFile.read(pairs, loaded);
        var verdicts = questions.stream()
                .map(question -> loaded.analysis().verdict(question.from(), question.to()))
                .toList();
        print(json ? json(loaded.analysis(), verdicts) : CheckText.of(loaded.analysis(), verdicts));
        boolean unreachable =
                verdicts.stream().anyMatch(each -> each.disposition().fold() == Fold.UNREACHABLE);
        return unreachable ? 1 : 0;
    }

    private void print(String text) {
        var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private int whole(Loaded loaded) throws BadInputException {
        boolean selects = from != null || to != null || pairs != null || pods;
        if (edits != null && (selects || against != null)) {
            throw new BadInputException(
                    "--what-if is about a whole bundle: not together with --against, --from, --to, --pods, --pairs");
        }
        if (selects) {
            throw new BadInputException(
                    "--against compares whole bundles: not together with --from, --to, --pods, --pairs");
        }
        return edits == null ? compared(loaded, java.util.Objects.requireNonNull(against)) : whatIf(loaded, edits);
    }

    private int whatIf(Loaded loaded, Path file) throws BadInputException {
        var whatIf = WhatIf.of(loaded.analysis(), loaded.edited(file));
        print(json ? json(WhatIfView.of(whatIf)) : WhatIfText.of(whatIf));
        boolean stuck = whatIf.pods().stream().anyMatch(pod -> pod.effect() instanceof Effect.CannotStart);
        return stuck || !whatIf.lost().isEmpty() ? 1 : 0;
    }

    private int compared(Loaded loaded, Path earlier) throws BadInputException {
        var comparison = Comparison.of(Loaded.from(earlier).analysis(), loaded.analysis());
        print(json ? json(ComparisonView.of(comparison)) : ComparisonText.of(comparison));
        return comparison.lost().isEmpty() ? 0 : 1;
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
        return json(document);
    }

    private static String json(Object document) {
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }
}
