package dev.underpass.console.analysis;

import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.diagnosis.Analysis;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// The analysis that pages and API show: of the bundle that `underpass.source` names.
@Component
public class CurrentAnalysis {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentAnalysis.class);
    private static final String BUNDLE = "bundle:";

    private final Mono<ClusterView> current;

    CurrentAnalysis(@Value("${underpass.source:}") String source) throws BundleException {
        if (!source.startsWith(BUNDLE)) {
            throw new BundleException(
                    "underpass.source", "must be bundle:PATH, the only source of this version; it is '" + source + "'");
        }
        var snapshot = BundleReader.read(Path.of(source.substring(BUNDLE.length())));
        LOG.info(
                "Read cluster {} with {} nodes, {} Pods and {} Services",
                snapshot.name(),
                snapshot.nodes().size(),
                snapshot.pods().size(),
                snapshot.services().size());
        this.current = Mono.fromCallable(() -> new ClusterView(Analysis.of(snapshot)))
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }

    /// The analysis; the first to ask starts it.
    public Mono<ClusterView> current() {
        return current.publishOn(Schedulers.boundedElastic());
    }
}
