package dev.underpass.console.watch;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.objects.Kinds;
import java.io.IOException;
import java.time.Clock;
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

    private final ApiClients clients;
    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable ResourceApi api;

    /// @throws IOException if no API is configured, or its configuration cannot be read
    ClusterWatch(ApiClients clients, CurrentAnalysis analysis, Clock clock) throws IOException {
        this.clients = clients;
        var live = analysis.live();
        if (live.isPresent()) {
            this.api = made();
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
    public ResourceApi api() throws IOException {
        var current = api;
        if (current == null) {
            current = made();
            api = current;
        }
        return current;
    }

    /// A certificate that is refused may have been replaced in its file.
    @Override
    public void failed(IOException failure) {
        if (failure instanceof SSLException) {
            LOG.info("Reading the API's certificates again: {}", failure.getMessage());
            api = null;
        }
    }

    @Override
    public void destroy() {
        threads.forEach(Thread::interrupt);
    }
}
