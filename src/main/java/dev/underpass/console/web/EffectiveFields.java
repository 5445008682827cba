package dev.underpass.console.web;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.console.Meaning;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.web.Effective.Held;
import dev.underpass.console.web.Effective.Result;
import dev.underpass.console.web.Effective.Source;
import dev.underpass.coordinator.CidrDiscovery;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.diagnosis.edit.Setting;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What holds of the fields of a form, by path: for the coordinator's settings, and for fields of pools and networks
/// that have a default.
final class EffectiveFields {

    private static final String SPEC = "spec.";
    private static final String NETWORK_SETTINGS = "spec.coordinator.";

    private final ClusterView cluster;
    private final EditForm form;
    private final Map<String, String> own;
    private final Optional<Coordinator> first;

    private EffectiveFields(ClusterView cluster, EditForm form) {
        this.cluster = cluster;
        this.form = form;
        this.own = form.before();
        this.first = snapshot().spiderpool().coordinators().stream().findFirst();
    }

    static Map<String, Effective> of(ClusterView cluster, EditForm form) {
        var fields = new EffectiveFields(cluster, form);
        return switch (form.section()) {
            case COORDINATOR -> fields.coordinator();
            case NETWORKS -> fields.network();
            case POOLS -> fields.pool();
            case RESERVED_IPS -> Map.of();
        };
    }

    private ClusterSnapshot snapshot() {
        return cluster.analysis().snapshot();
    }

    private boolean fresh() {
        return form.operation() == Operation.CREATE;
    }

    private Map<String, Effective> coordinator() {
        var fields = new HashMap<String, Effective>();
        boolean counts = first.filter(each -> !each.name().equals(form.name())).isEmpty();
        for (var setting : Setting.ALL) {
            var empty = builtIn(setting);
            var now = fresh() ? null : counts ? own(SPEC + setting.field(), empty) : inherited(setting);
            fields.put(
                    SPEC + setting.field(),
                    new Effective(
                            now, empty, now == null ? null : result(setting, now.value()), otherwise(setting, now)));
        }
        return fields;
    }

    private static Held builtIn(Setting setting) {
        boolean automatic = setting.field().equals("podCIDRType");
        return new Held(automatic ? "auto" : setting.byDefault(), Source.BUILT_IN, "");
    }

    private Held own(String path, Held empty) {
        var text = own.getOrDefault(path, "");
        return text.isEmpty() ? empty : new Held(text.replace("\n", ", "), Source.OWN, "");
    }

    /// What the first SpiderCoordinator says, which is the one that counts.
    private Held inherited(Setting setting) {
        return first.flatMap(coordinator -> setting.in(coordinator.settings())
                        .map(EffectiveFields::listed)
                        .filter(text -> !text.isEmpty())
                        .map(text -> new Held(text, Source.COORDINATOR, coordinator.name())))
                .orElse(builtIn(setting));
    }

    private @Nullable Result result(Setting setting, String value) {
        return switch (setting.field()) {
            case "mode" -> value.equals("auto") ? new Result("pods", modes()) : null;
            case "podCIDRType" -> value.equals("auto") ? new Result("found", found()) : null;
            case "hijackCIDR" -> new Result("ranges", ranges());
            default -> null;
        };
    }

    /// How many of the Pods that no network says otherwise of are attached in which way.
    private List<String> modes() {
        return cluster.analysis().pods().stream()
                .filter(pod -> pod.settings().coordinated())
                .filter(pod -> !pod.settings().mode().source().toString().startsWith("network "))
                .collect(groupingBy(pod -> Meaning.word(pod.network().mode()), TreeMap::new, counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
    }

    private List<String> found() {
        var found = CidrDiscovery.of(snapshot(), "auto").podCidrType();
        boolean told = !found.equals("none")
                || snapshot().reports().values().stream()
                        .anyMatch(report -> report.host().cniConfig() != null);
        return told ? List.of(found) : List.of();
    }

    private List<String> ranges() {
        return first.stream()
                .flatMap(each -> Stream.of(each.serviceCidrs(), each.overlayPodCidrs()))
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(IpPrefix::toString)
                .toList();
    }

    private List<String> otherwise(Setting setting, @Nullable Held now) {
        return now == null
                ? List.of()
                : first.map(each -> CoordinatorPage.overrides(snapshot(), setting, setting.of(each.settings())))
                        .orElse(List.of());
    }

    private Map<String, Effective> network() {
        var fields = new HashMap<String, Effective>();
        var name = fresh() ? null : new ObjectName(form.namespace(), form.name());
        var attachment = snapshot().spiderpool().networkAttachments().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        boolean section = own.entrySet().stream()
                .anyMatch(entry -> entry.getKey().startsWith(NETWORK_SETTINGS)
                        && !entry.getValue().isEmpty());
        for (var setting : Setting.ALL) {
            var empty = section && !setting.byDefault().isEmpty()
                    ? new Held(setting.byDefault(), Source.FILLED_IN, "")
                    : inherited(setting);
            var now = fresh() ? null : attached(attachment, setting, own(NETWORK_SETTINGS + setting.field(), empty));
            fields.put(NETWORK_SETTINGS + setting.field(), Effective.of(now, empty));
        }
        defaults(Map.of("cniType", "custom", "enableCoordinator", "true", "disableIPAM", "false"))
                .forEach(fields::put);
        return fields;
    }

    /// What the attachment says counts for Pods, whatever the SpiderMultusConfig says.
    private Held attached(Optional<NetworkAttachment> attachment, Setting setting, Held wanted) {
        if (attachment.isEmpty()) {
            return wanted;
        }
        var settings = attachment.get().coordinator();
        if (settings == null) {
            return new Held("", Source.NOT_CHAINED, attachment.get().name().toString());
        }
        return setting.in(settings)
                .map(EffectiveFields::listed)
                .filter(text -> !text.isEmpty())
                .map(text -> text.equals(wanted.value())
                        ? wanted
                        : new Held(
                                text, Source.ATTACHMENT, attachment.get().name().toString()))
                .orElse(inherited(setting));
    }

    /// A list's entries as a form's text has them; any other value as it is.
    private static String listed(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    private Map<String, Effective> defaults(Map<String, String> byDefault) {
        var fields = new HashMap<String, Effective>();
        byDefault.forEach((name, value) -> {
            var empty = new Held(value, Source.BUILT_IN, "");
            fields.put(SPEC + name, Effective.of(fresh() ? null : own(SPEC + name, empty), empty));
        });
        return fields;
    }

    private Map<String, Effective> pool() {
        var fields = defaults(Map.of("default", "false", "disable", "false"));
        var empty = new Held(version(), Source.SUBNET, "");
        fields.put(SPEC + "ipVersion", Effective.of(fresh() ? null : own(SPEC + "ipVersion", empty), empty));
        return fields;
    }

    /// The IP version that the subnet makes it; empty where that is none.
    private String version() {
        try {
            var subnet = IpPrefix.parse(own.getOrDefault(SPEC + "subnet", ""));
            return subnet.network().family() == Family.IPV4 ? "4" : "6";
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
