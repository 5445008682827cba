package dev.underpass.agent;

import dev.underpass.agent.netlink.Capabilities;
import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.agent.netlink.NetlinkException;
import dev.underpass.agent.netlink.Poller;
import dev.underpass.report.NodeReport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows a node and reports it: one thread that waits on every namespace's descriptors and owns what was read.
public final class Agent implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Agent.class.getName());
    private static final long ROUND_NANOS = 10_000_000;
    private static final long FIND_PAUSE_NANOS = 100_000_000;

    /// How long after a slow read all is quiet again: its report is sent.
    private static final long REST_NANOS = 1_000_000_000;

    private final AgentOptions options;
    private final NamespaceThread thread = new NamespaceThread();
    private final Poller poller = new Poller();
    private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final NodeReader reader;
    private final FilterWorker filters;
    private final Probing probing;
    private final Semaphore answers = new Semaphore(0);
    private final Sender sender;
    private final Thread sending;
    private final Thread commands;
    private final Map<String, CommandStream.PodName> names = new HashMap<>();
    private volatile boolean stopped;
    private Runnable atRest = () -> {};
    private boolean restDue;
    private boolean readWanted;
    private boolean findWanted = true;
    private long lastFind;
    private long lastSlow;
    private @Nullable NodeReport last;

    /// @throws IOException if the node's own network namespace cannot be read
    public Agent(AgentOptions options) throws IOException {
        this(options, InstantSource.system(), new FilterReader());
    }

    Agent(AgentOptions options, InstantSource clock, FilterReader filterReader) throws IOException {
        this.options = options;
        var client = new ConsoleClient(
                Objects.requireNonNull(options.console(), "console"),
                options.node(),
                options.tokenFile(),
                options.caFile());
        this.reader = OneReport.reader(options, thread, this::watch, poller::remove);
        this.filters = new FilterWorker(filterReader, this::post, reader::filters);
        this.probing = new Probing(thread, reader, this::post);
        this.sender = new Sender(client, options.heartbeat(), clock, this::untilConsoleAnswers);
        this.sending = Thread.ofPlatform().name("sender").daemon().unstarted(sender);
        this.commands =
                Thread.ofPlatform().name("commands").daemon().unstarted(new CommandStream(client, new Commands()));
    }

    /// Waits no longer than until the stream of commands is open again, which is tried more often.
    private void untilConsoleAnswers(Duration wait) throws InterruptedException {
        if (answers.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            answers.drainPermits();
        }
    }

    /// Runs an agent until the process is told to stop, with the few capabilities that it needs.
    ///
    /// @throws IOException if the node's own network namespace cannot be read
    public static void run(AgentOptions options) throws IOException {
        Capabilities.keepOnlyThese();
        try (var agent = new Agent(options)) {
            agent.atRest = new Footprint()::shrink;
            var loop = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> agent.stopAndWait(loop)));
            agent.loop();
        }
    }

    private void stopAndWait(Thread loop) {
        stop();
        try {
            loop.join(Duration.ofSeconds(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the loop, from any thread.
    public void stop() {
        stopped = true;
        poller.wake();
    }

    private void watch(int fd) {
        try {
            poller.add(fd);
        } catch (NetlinkException e) {
            LOG.log(Level.WARNING, "A namespace cannot be followed: {0}", e.getMessage());
        }
    }

    /// Has something done on the agent's thread.
    private void post(Runnable work) {
        inbox.add(work);
        poller.wake();
    }

    /// Follows the node until [#stop].
    public void loop() throws IOException {
        sending.start();
        commands.start();
        lastSlow = System.nanoTime();
        reader.readSlow();
        var ready = Set.<Integer>of();
        while (!stopped) {
            round(ready);
            long start = System.nanoTime();
            poller.await(timeoutMillis());
            pause(start);
            ready = poller.await(0);
        }
    }

    /// Changes come in bursts: what follows within moments is read at once with the first.
    private void pause(long start) throws NetlinkException {
        long left = ROUND_NANOS - (System.nanoTime() - start);
        if (left > 0 && !stopped) {
            try {
                Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw NetlinkException.interrupted("agent");
            }
        }
    }

    private int timeoutMillis() {
        if (reader.pending()) {
            return 0;
        }
        if (findWanted || filters.waiting()) {
            return (int) (FIND_PAUSE_NANOS / 1_000_000);
        }
        long next = restDue ? REST_NANOS : options.slow().toNanos();
        long left = next - (System.nanoTime() - lastSlow);
        return (int) Math.max(1, left / 1_000_000);
    }

    private void round(Set<Integer> ready) throws IOException {
        for (var work = inbox.poll(); work != null; work = inbox.poll()) {
            work.run();
        }
        findWanted |= reader.readChanges(ready);
        long now = System.nanoTime();
        boolean due = now - lastSlow >= options.slow().toNanos();
        if (due || (findWanted && now - lastFind >= FIND_PAUSE_NANOS)) {
            findPods(now);
        }
        if (due) {
            readSlow();
        }
        if (readWanted) {
            readNow();
        }
        filters.start(reader.watches(), ready);
        publish();
        if (restDue && now - lastSlow >= REST_NANOS) {
            restDue = false;
            atRest.run();
        }
    }

    private void findPods(long now) {
        findWanted = false;
        lastFind = now;
        reader.findPods();
        reader.name(names);
    }

    private void readSlow() {
        lastSlow = System.nanoTime();
        reader.readSlow();
        // Rules of the legacy iptables change without an event.
        reader.host().wantFilters();
        restDue = true;
    }

    private void readNow() {
        readWanted = false;
        findPods(System.nanoTime());
        lastSlow = System.nanoTime();
        reader.readAll();
        reader.watches().forEach(NamespaceWatch::wantFilters);
    }

    private void publish() {
        var report = new NodeReport(
                options.node(),
                0,
                "",
                options.version(),
                Instant.EPOCH,
                reader.hostReport(),
                reader.podReports(),
                probing.results());
        if (!report.equals(last)) {
            last = report;
            sender.offer(report);
        }
    }

    /// What the console asks for, put onto the agent's thread.
    private final class Commands implements CommandStream.Handler {

        @Override
        public void opened() {
            answers.drainPermits();
            answers.release();
        }

        @Override
        public void pods(List<CommandStream.PodName> pods) {
            post(() -> {
                names.clear();
                pods.forEach(pod -> names.put(pod.uid(), pod));
                reader.name(names);
            });
        }

        @Override
        public void probe(CommandStream.ProbeCommand command) {
            post(() -> probing.start(command));
        }

        @Override
        public void readNow() {
            post(() -> readWanted = true);
        }
    }

    @Override
    public void close() {
        stopped = true;
        sending.interrupt();
        commands.interrupt();
        probing.close();
        filters.close();
        reader.close();
        poller.close();
        thread.close();
    }
}
