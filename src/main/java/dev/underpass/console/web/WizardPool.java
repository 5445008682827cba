package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.diagnosis.edit.PoolCounts;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The pool of the wizard's addresses of one family.
///
/// @param object the one that is to be made; absent where the pool is there
record WizardPool(Family family, String name, @Nullable ObjectNode object) {

    static final String NEW = "new";

    /// A pool that is there.
    ///
    /// @param forbids what keeps the workload from it; empty where nothing does
    record Offer(String name, String subnet, BigInteger free, boolean disabled, String forbids) {}

    /// The pools of a family.
    static List<Offer> offers(PoolUse use, Family family) {
        var now = use.now();
        var counts = PoolCounts.of(now);
        return now.spiderpool().ipPools().stream()
                .filter(pool -> pool.subnet().network().family() == family)
                .map(pool -> new Offer(
                        pool.name(),
                        pool.subnet().toString(),
                        Objects.requireNonNull(counts.get(pool.name())).free(),
                        pool.disabled(),
                        use.forbids(pool.name())))
                .toList();
    }

    /// What the wizard's field of a family is called.
    static String field(String start, Family family) {
        return start + (family == Family.IPV4 ? "4" : "6");
    }

    static @Nullable WizardPool of(PoolUse use, WizardQuestion question, Family family, WizardProblems problems) {
        var now = use.now();
        var field = field("pool", family);
        var chosen = question.text(field);
        if (chosen.isEmpty()) {
            return null;
        }
        if (!chosen.equals(NEW)) {
            var pool = named(now, chosen);
            if (pool == null) {
                problems.refuse(field, "noPool", chosen);
                return null;
            }
            return existing(use, pool, family, problems);
        }
        var object = object(question, family);
        var there = named(now, question.text(field("name", family)));
        if (there != null && sameSubnet(there, question.text(field("subnet", family)))) {
            problems.warn(field("name", family), "there", there.name());
            return existing(use, there, family, problems);
        }
        return made(now, object, family, use.workload().wanted(), problems);
    }

    private static @Nullable IpPool named(ClusterSnapshot now, String name) {
        return now.spiderpool().ipPools().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static boolean sameSubnet(IpPool pool, String text) {
        try {
            return IpPrefix.parse(text).equals(pool.subnet());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static WizardPool existing(PoolUse use, IpPool pool, Family family, WizardProblems problems) {
        var field = field("pool", family);
        if (pool.subnet().network().family() != family) {
            problems.refuse(field, "otherFamily", pool.name(), pool.subnet().toString());
        } else if (pool.disabled()) {
            problems.refuse(field, "disabled", pool.name());
        } else {
            int wanted = use.workload().wanted();
            room(PoolCounts.of(use.now(), pool).free(), field, pool.name(), wanted, problems);
            use.judge(field, pool.name(), problems);
        }
        return new WizardPool(family, pool.name(), null);
    }

    private static void room(BigInteger free, String field, String pool, int wanted, WizardProblems problems) {
        if (free.compareTo(BigInteger.valueOf(wanted)) < 0) {
            problems.refuse(field, "full", "%s: %d".formatted(pool, free), String.valueOf(wanted));
        } else if (free.compareTo(BigInteger.valueOf(wanted)) == 0) {
            problems.warn(field, "tight", pool);
        }
    }

    private static WizardPool made(
            ClusterSnapshot now, ObjectNode object, Family family, int wanted, WizardProblems problems) {
        var ips = field("ips", family);
        var subnet = field("subnet", family);
        problems.judge(
                now,
                object,
                Map.of(
                        "metadata.name",
                        field("name", family),
                        "spec.subnet",
                        subnet,
                        "spec.ips",
                        ips,
                        "spec.gateway",
                        field("gateway", family)),
                field("pool", family));
        var prefix = text(object, "subnet");
        if (!problems.refused(subnet) && IpPrefix.parse(prefix).network().family() != family) {
            problems.refuse(subnet, "family", prefix, family == Family.IPV4 ? "IPv4" : "IPv6");
        }
        if (!problems.refused(ips) && !problems.refused(subnet)) {
            room(size(object), ips, name(object), wanted, problems);
        }
        if (text(object, "gateway").isEmpty()) {
            problems.warn(field("gateway", family), "noGateway", "");
        }
        return new WizardPool(family, name(object), object);
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    private static String text(ObjectNode object, String field) {
        return object.path("spec").path(field).asString("");
    }

    private static BigInteger size(ObjectNode object) {
        var ips = object.path("spec")
                .path("ips")
                .valueStream()
                .map(each -> each.asString(""))
                .toList();
        return AddressRanges.parse(ips).size();
    }

    private static ObjectNode object(WizardQuestion question, Family family) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "spiderpool.spidernet.io/v2beta1").put("kind", "SpiderIPPool");
        object.putObject("metadata").put("name", question.text(field("name", family)));
        var spec = object.putObject("spec").put("subnet", question.text(field("subnet", family)));
        var ips = spec.putArray("ips");
        Stream.of(question.text(field("ips", family)).split("[\\s,]+", -1))
                .filter(each -> !each.isEmpty())
                .forEach(ips::add);
        var gateway = question.text(field("gateway", family));
        if (!gateway.isEmpty()) {
            spec.put("gateway", gateway);
        }
        return object;
    }
}
