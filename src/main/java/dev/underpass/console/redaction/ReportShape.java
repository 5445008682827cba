package dev.underpass.console.redaction;

import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/// A node's report with other addresses and names.
final class ReportShape {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern USUAL_FILE =
            Pattern.compile("[0-9]*-?(calico|cilium|multus|flannel|kindnet|antrea)\\.conf(list)?");

    private final Leaves leaves;
    private final Pseudonyms pseudonyms;
    private final CniText cni;
    private final Shape report;

    ReportShape(Leaves leaves) {
        this.leaves = leaves;
        this.pseudonyms = leaves.pseudonyms();
        this.cni = new CniText(leaves);
        var word = leaves.word();
        this.report = new Shape.OfObject()
                .with(word, "apiVersion", "kind", "sequence", "bootId", "agentVersion", "collectedAt")
                .with("node", leaves.name(NameKind.NODE))
                .with("host", host())
                .with("pods", pod())
                .with("probes", probe());
    }

    NodeReport of(NodeReport original) {
        var bytes = new ByteArrayOutputStream();
        ReportWriter.write(original, bytes);
        var changed = Objects.requireNonNull(report.of(JSON.readTree(bytes.toByteArray())));
        try {
            return ReportReader.read(JSON.writeValueAsBytes(changed));
        } catch (ReportFormatException e) {
            throw new IllegalStateException("a redacted report is none: " + e.getMessage(), e);
        }
    }

    private Shape.OfObject namespace() {
        var filters = new FilterNames(leaves);
        var iptables = new IptablesText(leaves, filters);
        var network = new NetworkShape(leaves);
        return network.shape()
                .with("netnsIds", value -> value)
                .with(Shape.text(iptables::of), "iptables", "ip6tables", "iptablesLegacy", "ip6tablesLegacy")
                .with("nftables", value -> new NftRuleset(leaves, filters).of(value))
                .with(
                        "ipsets",
                        new Shape.OfObject()
                                .with("name", Shape.text(filters::of))
                                .with("type", leaves.word())
                                .with("members", Shape.each(Shape.text(this::member))))
                .with("resolvConf", Shape.text(this::resolvConf));
    }

    private Shape host() {
        return namespace()
                .with(leaves.word(), "kernelRelease")
                .with(
                        "kubeProxy",
                        new Shape.OfObject()
                                .with(leaves.word(), "mode", "masqueradeAll", "detectLocalMode")
                                .with(
                                        "clusterCIDR",
                                        Shape.text(text -> leaves.addresses()
                                                .list(text, ",")
                                                .orElse(""))))
                .with("cniConfig", this::cniConfig)
                .with("conntrack", value -> value)
                .with("errors", Shape.each(Shape.text(_ -> "(redacted)")));
    }

    private Shape pod() {
        return namespace()
                .with("namespace", leaves.name(NameKind.NAMESPACE))
                .with("name", leaves.name(NameKind.POD))
                .with(leaves.word(), "uid", "netns")
                .with("error", Shape.text(_ -> "(redacted)"));
    }

    private Shape probe() {
        return new Shape.OfObject()
                .with(
                        "from",
                        new Shape.OfObject()
                                .with("namespace", leaves.name(NameKind.NAMESPACE))
                                .with("name", leaves.name(NameKind.POD)))
                .with(
                        "to",
                        new Shape.OfObject()
                                .with("address", leaves.address())
                                .with(leaves.word(), "port", "protocol")
                                .with("service", Shape.text(text -> leaves.qualified(NameKind.SERVICE, text))))
                .with(leaves.word(), "outcome", "rttMicros", "attempts", "at", "id")
                .with("detail", Shape.text(_ -> ""));
    }

    /// `10.233.0.1,tcp:80`.
    private String member(String text) {
        return leaves.addresses().list(text, ",").orElse(text);
    }

    private @Nullable JsonNode cniConfig(JsonNode files) {
        if (!files.isObject()) {
            return files;
        }
        var result = JsonNodeFactory.instance.objectNode();
        for (var file : files.properties()) {
            var name = file.getKey();
            boolean usual = USUAL_FILE.matcher(name).matches();
            result.set(
                    usual ? name : number(name) + pseudonyms.name(NameKind.FILE, name) + ".conflist",
                    StringNode.valueOf(plugin(file.getValue().asString(""))));
        }
        return result;
    }

    /// Which plugin is the cluster's own is told by these words, wherever they stand.
    private String plugin(String text) {
        var changed = cni.json(text);
        return Stream.of("\"calico\"", "\"cilium-cni\"")
                .filter(word -> text.contains(word) && !changed.contains(word))
                .reduce(changed, (all, word) -> all + " " + word);
    }

    /// The files' order counts.
    private static String number(String file) {
        int end = 0;
        while (end < file.length() && Character.isDigit(file.charAt(end))) {
            end++;
        }
        return end == 0 ? "" : file.substring(0, end) + "-";
    }

    private String resolvConf(String text) {
        return text.lines().map(this::resolvLine).collect(Collectors.joining("\n", "", "\n"));
    }

    private String resolvLine(String line) {
        var words = line.strip().split("\\s+", -1);
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "nameserver" ->
                words.length < 2
                        ? "nameserver"
                        : "nameserver " + leaves.addresses().of(words[1]).orElse("");
            case "search", "domain" ->
                words[0] + " " + Arrays.stream(words).skip(1).map(this::domain).collect(Collectors.joining(" "));
            case "options" -> line;
            default -> "";
        };
    }

    private String domain(String name) {
        var own = "svc.cluster.local";
        if (name.equals(own) || name.equals("cluster.local")) {
            return name;
        }
        return name.endsWith("." + own)
                ? pseudonyms.name(NameKind.NAMESPACE, name.substring(0, name.length() - own.length() - 1)) + "." + own
                : pseudonyms.name(NameKind.DOMAIN, name);
    }
}
