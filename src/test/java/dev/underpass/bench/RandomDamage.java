package dev.underpass.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Damages a generated bundle at random: lines that go, come or change, in Pods and on nodes.
public final class RandomDamage {

    private static final List<String> SECTIONS = List.of("routes", "rules", "neighbours", "addresses", "links");

    private final Random random;
    private final List<Path> files;
    private final List<ObjectNode> reports = new ArrayList<>();
    private final List<String> done = new ArrayList<>();

    private RandomDamage(Path bundle, long seed) {
        this.random = new Random(seed);
        try (var all = Files.list(bundle.resolve("reports"))) {
            this.files = all.sorted().toList();
            for (var file : files) {
                reports.add((ObjectNode) GeneratedCluster.JSON.readTree(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What was done.
    public static List<String> in(Path bundle, long seed, int count) {
        var damage = new RandomDamage(bundle, seed);
        for (int i = 0; i < count; i++) {
            damage.done.add(damage.one());
        }
        damage.write();
        return damage.done;
    }

    private void write() {
        try {
            for (int i = 0; i < files.size(); i++) {
                Files.writeString(files.get(i), GeneratedCluster.JSON.writeValueAsString(reports.get(i)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode node() {
        return reports.get(random.nextInt(reports.size()));
    }

    private ObjectNode pod() {
        var pods = node().withArray("pods");
        return (ObjectNode) pods.get(random.nextInt(pods.size()));
    }

    private ObjectNode host() {
        return node().withObject("/host");
    }

    private ObjectNode namespace() {
        return random.nextBoolean() ? pod() : host();
    }

    private String address() {
        var pod = pod();
        for (var link : pod.withArray("addresses")) {
            if (link.path("ifname").asString().equals("eth0")) {
                return link.path("addr_info").path(0).path("local").asString("10.6.9.9");
            }
        }
        return "10.6.9.9";
    }

    private String one() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> lose();
            case 2 -> sysctl();
            case 3 -> filter();
            case 4 -> neighbour();
            case 5 -> route();
            case 6 -> down();
            case 7 -> rule();
            default -> take();
        };
    }

    private String lose() {
        var section = SECTIONS.get(random.nextInt(SECTIONS.size()));
        var lines = namespace().withArray(section);
        return lines.isEmpty() ? "nothing" : "lost " + section + " " + lines.remove(random.nextInt(lines.size()));
    }

    private String sysctl() {
        var sysctls = namespace().withObject("/sysctls");
        var names = new ArrayList<>(sysctls.propertyNames());
        var name = names.get(random.nextInt(names.size()));
        var value = random.nextBoolean() ? "1" : "0";
        sysctls.put(name, value);
        return name + " = " + value;
    }

    private String filter() {
        var host = host();
        var match = switch (random.nextInt(4)) {
            case 0 -> "-s " + address() + "/32";
            case 1 -> "-d " + address() + "/32";
            case 2 -> "-s " + address().replaceAll("\\d+$", "0/28");
            default -> "-m iprange --src-range " + address() + "-" + address().replaceAll("\\d+$", "254");
        };
        var chain = random.nextBoolean() ? "FORWARD" : "KUBE-FORWARD";
        var rule = "-A %s %s -j DROP\n".formatted(chain, match);
        var first = "-A INPUT -j KUBE-FIREWALL\n";
        host.put("iptables", host.path("iptables").asString().replace(first, rule + first));
        return rule;
    }

    private String neighbour() {
        var namespace = namespace();
        boolean host = namespace.has("kubeProxy");
        var entry = namespace.withArray("neighbours").addObject();
        entry.put("dst", address()).put("dev", "eth0");
        var mac = random.nextBoolean() ? "02:00:00:00:00:0" + random.nextInt(10) : macOf(pod());
        entry.put("lladdr", mac).putArray("state").add(random.nextBoolean() ? "STALE" : host ? "PERMANENT" : "FAILED");
        return "neighbour " + entry;
    }

    private static String macOf(ObjectNode pod) {
        return pod.path("links").path(1).path("address").asString("02:00:00:00:00:aa");
    }

    private String route() {
        var route = namespace().withArray("routes").addObject();
        route.put("dst", random.nextBoolean() ? address() : address().replaceAll("\\d+$", "0/25"));
        if (random.nextBoolean()) {
            route.put("type", "blackhole");
        } else {
            route.put("dev", "eth0").put("scope", "link");
        }
        route.putArray("flags");
        return "route " + route;
    }

    private String down() {
        var links = namespace().withArray("links");
        if (links.isEmpty()) {
            return "nothing";
        }
        var link = (ObjectNode) links.get(random.nextInt(links.size()));
        link.set("flags", GeneratedCluster.JSON.createArrayNode().add("BROADCAST"));
        link.put("operstate", "DOWN");
        return "down " + link.path("ifname");
    }

    private String rule() {
        var rule = namespace().withArray("rules").addObject();
        rule.put("priority", 500 + random.nextInt(100)).put("table", random.nextBoolean() ? "main" : "4711");
        rule.put("src", random.nextBoolean() ? address() : "all");
        return "rule " + rule;
    }

    /// One Pod takes the address of another as well.
    private String take() {
        var addresses = pod().withArray("addresses");
        var taken = address();
        for (var link : addresses) {
            if (link.path("ifname").asString().equals("eth0") && link.path("addr_info") instanceof ArrayNode infos) {
                infos.addObject()
                        .put("family", "inet")
                        .put("local", taken)
                        .put("prefixlen", 16)
                        .put("scope", "global");
            }
        }
        return "took " + taken;
    }
}
