package dev.underpass.cli;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.TargetText;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.bundle.EditFile;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.reachability.Target;
import dev.underpass.report.ReportFormatException;
import java.nio.file.Path;
import java.util.List;

/// A bundle's analysis, and the ways to name Pods and targets on the command line.
record Loaded(Analysis analysis) {

    static Loaded from(Path bundle) throws BadInputException {
        try {
            return new Loaded(Analysis.of(BundleReader.read(bundle)));
        } catch (BundleException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }

    /// The cluster with the edits of a file.
    ClusterSnapshot edited(Path file) throws BadInputException {
        try {
            return EditFile.read(file).applied(analysis.snapshot());
        } catch (BundleException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        } catch (ReportFormatException e) {
            throw new BadInputException("%s: %s".formatted(file, e.getMessage()));
        }
    }

    /// A Pod by `NAMESPACE/NAME`.
    ObjectName pod(String option, String text) throws BadInputException {
        ObjectName name;
        try {
            name = ObjectName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(option + ": " + e.getMessage());
        }
        if (analysis.pod(name).isEmpty()) {
            throw new BadInputException("%s: the bundle has no Pod %s".formatted(option, name));
        }
        return name;
    }

    /// The targets that `NS/NAME[:PORT[/PROTOCOL]]` (a Service) or `IP:PORT[/PROTOCOL]` names; at least one.
    List<Target> targets(String option, String text) throws BadInputException {
        try {
            return TargetText.parse(option, text).in(analysis, "");
        } catch (InvalidInputException e) {
            throw new BadInputException("%s: %s".formatted(e.field(), e.sentence()));
        } catch (NotFoundException e) {
            throw new BadInputException("%s: %s".formatted(option, e.sentence()));
        }
    }
}
