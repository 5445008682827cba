package dev.underpass.lab;

import dev.underpass.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A running cluster of two nodes and a switch in network namespaces.
///
/// The switch's namespace is `PREFIX-sw`, those of nodes are `PREFIX-node1` and `PREFIX-node2`,
/// and that of a Pod is `PREFIX-NODE-p-POD`. Pods answer on port 8080, nodes on 9000.
public final class Lab implements AutoCloseable {

    private static final Pattern OWNED = Pattern.compile("ulab-(\\d+)-.*");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final LabSpec spec;
    private final Coordination coordination;
    private final String prefix;
    private final Listeners listeners = new Listeners();
    private final Thread hook = new Thread(this::remove);

    private Lab(LabSpec spec, Coordination coordination, String prefix) {
        this.spec = spec;
        this.coordination = coordination;
        this.prefix = prefix;
    }

    /// Builds a lab of this process, which is gone when the process is.
    public static Lab up(LabSpec spec) {
        return up(spec, Coordination.USUAL);
    }

    static Lab up(LabSpec spec, Coordination coordination) {
        sweep();
        var lab = new Lab(
                spec,
                coordination,
                "ulab-%d-%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet()));
        Runtime.getRuntime().addShutdownHook(lab.hook);
        try {
            lab.build();
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
        return lab;
    }

    /// Builds a lab that stays when the process ends.
    static Lab lasting(LabSpec spec, String prefix) {
        var lab = new Lab(spec, Coordination.USUAL, prefix);
        lab.remove();
        lab.build();
        return lab;
    }

    /// A lab that another process built, or none yet.
    static Lab existing(LabSpec spec, String prefix) {
        return new Lab(spec, Coordination.USUAL, prefix);
    }

    /// Removes what processes that are no more have left behind.
    private static void sweep() {
        delete(names().filter(name -> {
            var owner = OWNED.matcher(name);
            return owner.matches()
                    && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty();
        }));
    }

    private static Stream<String> names() {
        return Shell.run("ip", "netns", "list").lines().map(line -> line.split(" ", 2)[0]);
    }

    private static void delete(Stream<String> names) {
        var commands = String.join("\n", names.map(name -> "netns del " + name).toList());
        if (!commands.isEmpty()) {
            var result = Shell.feed(commands + "\n", "ip", "-force", "-batch", "-");
            if (result.status() != 0) {
                throw new IllegalStateException(result.err());
            }
        }
    }

    private void build() {
        var scripts = new Scripts();
        new NodeSetup(this).write(scripts);
        Layout.PODS.forEach(pod -> new PodSetup(this, pod).write(scripts));
        Layout.NODES.forEach(node -> new KubeProxySetup(this, node).write(scripts));
        namespaces().forEach(namespace -> scripts.shell(namespace, STEADY_NEIGHBOURS));
        Shell.run(Stream.concat(
                        Stream.of("sh", "-ec", "for n in \"$@\"; do ip netns add $n; done", "sh"),
                        namespaces().stream())
                .toArray(String[]::new));
        scripts.run();
    }

    /// What is learnt stays as it is for as long as any lab lives.
    ///
    /// IPv6 hosts route around gateways that did not answer, until they ask again: their questions
    /// stay open. Those of IPv4 are given up after three, before anything is observed.
    private static final String STEADY_NEIGHBOURS = """
            for neigh in /proc/sys/net/ipv4/neigh/* /proc/sys/net/ipv6/neigh/*; do
              echo 3600000 > $neigh/base_reachable_time_ms
              echo 3600 > $neigh/delay_first_probe_time
              echo 7200 > $neigh/gc_stale_time
              echo 0 > $neigh/proxy_delay
            done
            for neigh in /proc/sys/net/ipv4/neigh/*; do echo 200 > $neigh/retrans_time_ms; done
            for neigh in /proc/sys/net/ipv6/neigh/*; do echo 100000 > $neigh/mcast_solicit; done
            """;

    /// Starts what listens in nodes and Pods.
    Lab listening() {
        Layout.NODES.forEach(node -> listeners.listen(namespace(node), node.name(), Layout.NODE_PORT));
        Layout.PODS.forEach(pod -> listeners.listen(namespace(pod), pod.name(), LabService.TARGET_PORT));
        return this;
    }

    public LabSpec spec() {
        return spec;
    }

    Coordination coordination() {
        return coordination;
    }

    public String prefix() {
        return prefix;
    }

    String switchNamespace() {
        return prefix + "-sw";
    }

    String namespace(LabNode node) {
        return prefix + "-" + node.name();
    }

    String namespace(LabPod pod) {
        return namespace(pod.node()) + "-p-" + pod.name();
    }

    List<String> namespaces() {
        var names = new ArrayList<String>();
        names.add(switchNamespace());
        Layout.NODES.forEach(node -> names.add(namespace(node)));
        Layout.PODS.forEach(pod -> names.add(namespace(pod)));
        return names;
    }

    /// Runs a shell script in one of its namespaces.
    Shell.Result run(String namespace, String script) {
        return Shell.feed(script, "ip", "netns", "exec", namespace, "sh", "-e");
    }

    /// Lets the gateway forget which address is where: nobody reports what it knows.
    void clearGateway() {
        var result = run(switchNamespace(), "ip -4 neigh flush all\nip -6 neigh flush all\n");
        if (result.status() != 0) {
            throw new IllegalStateException(result.err());
        }
    }

    private void remove() {
        var own = List.copyOf(namespaces());
        delete(names().filter(own::contains));
    }

    @Override
    public void close() {
        listeners.close();
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // It is the hook's turn already, and it finds nothing to do.
        }
    }
}
