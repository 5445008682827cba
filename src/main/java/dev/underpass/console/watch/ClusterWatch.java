package dev.underpass.console.watch;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.objects.Kinds;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Follows all kinds of resources, each on a thread of its own, when the Kubernetes API is the source.
@Component
class ClusterWatch implements ResourceWatch.Apis, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ApiClients clients;
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable ResourceApi api;
    private long madeAt;

    /// @throws IOException if no API is configured, or its configuration cannot be read
    ClusterWatch(ApiClients clients, CurrentAnalysis analysis, Clock clock) throws IOException {
        this.clients = clients;
        var live = analysis.live();
        if (live.isPresent()) {
            api();
            for (var kind : Kinds.ALL) {
                var watch = new ResourceWatch<>(kind, this, live.get(), clock);
                threads.add(Thread.ofVirtual().name("watch-" + kind.plural()).start(watch));
            }
        }
    }

    private ResourceApi made() throws IOException {
        return clients.client()
                .map(ResourceApi::new)
                .orElseThrow(() -> new IOException("underpass.source is kubernetes, but no API is configured: set "
                        + "underpass.kubernetes.kubeconfig, or run in a Pod with a service account"));
    }

    @Override
    public final synchronized ResourceApi api() throws IOException {
        var current = api;
        if (current == null) {
            current = made();
            api = current;
            madeAt = System.nanoTime();
        }
        return current;
    }

    /// A certificate or a token that is refused may have been replaced in its file. All watches find out at about the
    /// same time; a plugin that gives credentials is not run for each.
    @Override
    public synchronized void failed(ResourceApi failed, IOException failure) {
        boolean refused = failure instanceof SSLException
                || (failure instanceof ResourceApi.RefusedException answer && answer.unauthorized());
        if (refused && failed.equals(api) && System.nanoTime() - madeAt > PAUSE.toNanos()) {
            LOG.info("Reading the API's certificates and credentials again: {}", failure.getMessage());
            api = null;
        }
    }

    @Override
    public void destroy() {
        threads.forEach(Thread::interrupt);
    }
}
