package dev.underpass.console.analysis;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Has the cluster analysed once all of it is known, so that who comes first need not wait for that.
@Component
class FirstAnalysis {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAnalysis.class);

    private final CurrentAnalysis analysis;

    FirstAnalysis(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        analysis.snapshots()
                .filter(_ -> analysis.resourceStates().stream().allMatch(ResourceState::complete))
                .next()
                .flatMap(_ -> analysis.current())
                .subscribe(
                        view -> LOG.info(
                                "Analysed {} Pods for the first time",
                                view.analysis().pods().size()),
                        e -> LOG.error("The cluster cannot be analysed", e));
    }
}
