package dev.underpass.console.objects;

import static java.util.stream.Collectors.toMap;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.CniResources.ConfigMap;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Objects as somebody wants them to be, and references to those that are to go.
///
/// @param resources whole objects; one without a status keeps the status that it has
/// @param deletions each with `kind`, `name` and, where there is one, `namespace`
public record EditedObjects(List<Fields> resources, List<Fields> deletions) {

    /// What the coordinator, and the rules of Services, go by; edits of other kinds have consequences that are not
    /// known here.
    private static final List<Kind<?>> EDITABLE = List.of(
            Kinds.COORDINATOR,
            Kinds.IP_POOL,
            Kinds.SUBNET,
            Kinds.RESERVED_IP,
            Kinds.MULTUS_CONFIG,
            Kinds.ATTACHMENT,
            Kinds.SERVICE_CIDR,
            Kinds.CALICO_POOL,
            Kinds.CILIUM_POOL,
            Kinds.CONFIG_MAP);

    public EditedObjects {
        resources = List.copyOf(resources);
        deletions = List.copyOf(deletions);
    }

    /// Reads `{"resources": [], "delete": []}`.
    ///
    /// @throws ReportFormatException naming the place and the reason
    public static EditedObjects of(Fields body) throws ReportFormatException {
        var edits = new EditedObjects(body.list("resources", each -> each), body.list("delete", each -> each));
        if (edits.resources.isEmpty() && edits.deletions.isEmpty()) {
            throw body.error("resources", "nothing to edit: give resources, or references in delete");
        }
        return edits;
    }

    /// The cluster as it would be, before anybody takes note of it.
    ///
    /// @throws ReportFormatException naming the place and the reason
    public ClusterSnapshot applied(ClusterSnapshot now) throws ReportFormatException {
        var objects = objects(now);
        var seen = new HashSet<String>();
        for (var resource : resources) {
            var kind = kind(resource);
            once(seen, kind, kind.key(resource), resource);
            put(objects, now, kind, resource);
        }
        for (var reference : deletions) {
            var kind = kind(reference);
            var key = key(kind, reference);
            once(seen, kind, key, reference);
            delete(objects, kind, key, reference);
        }
        var edited = objects.snapshot(now.name(), now.capturedAt(), now.comment(), now.fabric());
        return now.with(edited.spiderpool(), edited.cni());
    }

    /// The cluster with objects as they were read just now, in place of all of their kinds; what cannot be read is left
    /// out, as the watch does.
    public static ClusterSnapshot fresh(ClusterSnapshot now, Map<Kind<?>, List<JsonNode>> read) {
        var objects = objects(now);
        read.forEach((kind, items) -> renew(objects, kind, items));
        var renewed = objects.snapshot(now.name(), now.capturedAt(), now.comment(), now.fabric());
        return now.with(renewed.spiderpool(), renewed.cni());
    }

    private static <T> void renew(ClusterObjects objects, Kind<T> kind, List<JsonNode> items) {
        var records = new HashMap<String, T>();
        for (var item : items) {
            try {
                var object = Fields.of(item, "");
                records.put(kind.key(object), kind.reader().read(object));
            } catch (ReportFormatException _) {
                // The set-up page names it; the rules cannot take it into account.
            }
        }
        objects.replace(kind, records);
    }

    private static Kind<?> kind(Fields object) throws ReportFormatException {
        var kind = Kinds.of(object).orElse(null);
        if (kind == null || !EDITABLE.contains(kind)) {
            throw object.error(
                    "kind",
                    "what an edit of %s would do is not known; of these it is: %s"
                            .formatted(object.text("kind"), EDITABLE));
        }
        return kind;
    }

    private static String key(Kind<?> kind, Fields reference) throws ReportFormatException {
        if (reference.present("metadata")) {
            return kind.key(reference);
        }
        var name = reference.text("name");
        return kind.namespaced() ? reference.text("namespace", "default") + "/" + name : name;
    }

    private static void once(Set<String> seen, Kind<?> kind, String key, Fields object) throws ReportFormatException {
        if (!seen.add(kind + " " + key)) {
            throw object.error("kind", "%s %s is edited twice".formatted(kind, key));
        }
    }

    private static void delete(ClusterObjects objects, Kind<?> kind, String key, Fields reference)
            throws ReportFormatException {
        if (!objects.remove(kind, key)) {
            throw reference.error("name", "there is no %s %s".formatted(kind, key));
        }
    }

    private static <T> void put(ClusterObjects objects, ClusterSnapshot now, Kind<T> kind, Fields resource)
            throws ReportFormatException {
        var key = kind.key(resource);
        boolean keepsStatus = !resource.present("status");
        if (keepsStatus && kind.equals(Kinds.COORDINATOR)) {
            objects.put(
                    Kinds.COORDINATOR,
                    key,
                    coordinator(now, Kinds.COORDINATOR.reader().read(resource)));
        } else if (keepsStatus && kind.equals(Kinds.IP_POOL)) {
            objects.put(Kinds.IP_POOL, key, pool(now, Kinds.IP_POOL.reader().read(resource)));
        } else {
            objects.put(kind, key, kind.reader().read(resource));
        }
    }

    private static Coordinator coordinator(ClusterSnapshot now, Coordinator edited) {
        var old = named(now.spiderpool().coordinators(), Coordinator::name, edited.name());
        return old == null
                ? edited
                : new Coordinator(
                        edited.name(),
                        edited.settings(),
                        old.phase(),
                        old.reason(),
                        old.overlayPodCidrs(),
                        old.serviceCidrs());
    }

    private static IpPool pool(ClusterSnapshot now, IpPool edited) {
        var old = named(now.spiderpool().ipPools(), IpPool::name, edited.name());
        return old == null ? edited : edited.withCounts(old.totalIpCount(), old.allocatedIpCount());
    }

    private static <T> @Nullable T named(List<T> objects, Function<T, String> name, String wanted) {
        return objects.stream()
                .filter(each -> name.apply(each).equals(wanted))
                .findFirst()
                .orElse(null);
    }

    private static ClusterObjects objects(ClusterSnapshot now) {
        var objects = new ClusterObjects();
        var spiderpool = now.spiderpool();
        replace(objects, Kinds.COORDINATOR, spiderpool.coordinators(), Coordinator::name);
        replace(objects, Kinds.IP_POOL, spiderpool.ipPools(), IpPool::name);
        replace(objects, Kinds.SUBNET, spiderpool.subnets(), each -> each.name());
        replace(objects, Kinds.RESERVED_IP, spiderpool.reservedIps(), each -> each.name());
        replace(
                objects,
                Kinds.ENDPOINT,
                spiderpool.endpoints(),
                each -> each.pod().toString());
        replace(
                objects,
                Kinds.ATTACHMENT,
                spiderpool.networkAttachments(),
                each -> each.name().toString());
        replace(
                objects,
                Kinds.MULTUS_CONFIG,
                spiderpool.multusConfigs(),
                each -> each.name().toString());
        replace(objects, Kinds.SERVICE_CIDR, now.cni().serviceCidrs(), each -> each.name());
        replace(objects, Kinds.CALICO_POOL, now.cni().calicoPools(), each -> each.name());
        replace(objects, Kinds.CILIUM_POOL, now.cni().ciliumPools(), each -> each.name());
        replace(
                objects,
                Kinds.CILIUM_NODE,
                now.cni().ciliumNodes(),
                each -> each.name().value());
        now.cni()
                .configMaps()
                .forEach((name, data) -> objects.put(Kinds.CONFIG_MAP, name.toString(), new ConfigMap(name, data)));
        return objects;
    }

    private static <T> void replace(ClusterObjects objects, Kind<T> kind, List<T> records, Function<T, String> key) {
        objects.replace(kind, records.stream().collect(toMap(key, each -> each)));
    }
}
