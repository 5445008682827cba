package dev.underpass.kubeapi;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What Spiderpool's webhook demands of a SpiderIPPool beyond the schema. It stops at the first error.
final class PoolRules {

    private static final String JOINTLY =
            ", total IP addresses of an IPPool are jointly determined by 'spec.ips' and 'spec.excludeIPs'";

    private final JsonNode spec;
    private final String subnet;
    private final List<ObjectNode> others;

    /// @param pools every pool that is stored
    PoolRules(ObjectNode pool, List<ObjectNode> pools) {
        this.spec = pool.path("spec");
        this.subnet = Json.text(spec, "subnet");
        this.others =
                pools.stream().filter(other -> !name(other).equals(name(pool))).toList();
    }

    private static String name(ObjectNode pool) {
        return Json.text(pool, "metadata", "name");
    }

    /// @param old null for a new pool
    Optional<Failure.Cause> error(@Nullable ObjectNode old) {
        var network = IpRange.cidr(subnet);
        if (network.isEmpty()) {
            return Optional.of(FieldError.invalid(
                    "spec.ipVersion", "null", "is not generated correctly, 'spec.subnet' may be invalid"));
        }
        return (old == null ? overlap(network.get()) : changed(old))
                .or(() -> ranges(network.get()))
                .or(() -> gateway(network.get()))
                .or(() -> routes(network.get()))
                .or(() -> old == null ? Optional.empty() : inUse(old));
    }

    private Optional<Failure.Cause> changed(ObjectNode old) {
        return Json.text(old, "spec", "subnet").equals(subnet)
                ? Optional.empty()
                : Optional.of(FieldError.forbidden("spec.subnet", "is not changeable"));
    }

    private Optional<Failure.Cause> overlap(IpRange network) {
        for (var other : others) {
            var theirs = Json.text(other, "spec", "subnet");
            if (!theirs.equals(subnet)
                    && IpRange.cidr(theirs).filter(network::overlaps).isPresent()) {
                return Optional.of(FieldError.invalidText(
                        "spec.subnet",
                        subnet,
                        "overlap with IPPool %s which 'spec.subnet' is %s".formatted(name(other), theirs)));
            }
        }
        return Optional.empty();
    }

    private Optional<Failure.Cause> ranges(IpRange network) {
        return within(network, "ips").or(() -> within(network, "excludeIPs")).or(this::taken);
    }

    private Optional<Failure.Cause> within(IpRange network, String field) {
        var ranges = Json.texts(spec.path(field));
        for (int i = 0; i < ranges.size(); i++) {
            var range = IpRange.range(ranges.get(i)).filter(found -> found.version() == network.version());
            if (range.isEmpty() || !network.contains(range.get())) {
                var detail = range.isEmpty()
                        ? "invalid IP range format in IPv%d '%s'".formatted(network.version(), ranges.get(i))
                        : outside();
                return Optional.of(FieldError.invalidText("spec.%s[%d]".formatted(field, i), ranges.get(i), detail));
            }
        }
        return Optional.empty();
    }

    private String outside() {
        return "not pertains to the 'spec.subnet' %s of IPPool".formatted(subnet);
    }

    /// By ranges; excluded addresses are not taken out of them.
    private Optional<Failure.Cause> taken() {
        for (var other : others) {
            for (var theirs : Json.texts(other.path("spec").path("ips"))) {
                for (var ours : Json.texts(spec.path("ips"))) {
                    var range = IpRange.range(theirs);
                    if (range.isPresent()
                            && IpRange.range(ours).filter(range.get()::overlaps).isPresent()) {
                        return Optional.of(FieldError.forbidden(
                                "spec.ips",
                                "overlap with IPPool %s in IP ranges [%s]%s".formatted(name(other), theirs, JOINTLY)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Failure.Cause> gateway(IpRange network) {
        var gateway = Json.text(spec, "gateway");
        if (gateway.isEmpty()) {
            return Optional.empty();
        }
        var address = IpRange.address(gateway).filter(found -> found.version() == network.version());
        if (address.isEmpty() || !network.contains(address.get())) {
            var detail = address.isEmpty()
                    ? "invalid IP format in IPv%d '%s'".formatted(network.version(), gateway)
                    : outside();
            return Optional.of(FieldError.invalidText("spec.gateway", gateway, detail));
        }
        if (covering("excludeIPs", address.get()) >= 0 || covering("ips", address.get()) < 0) {
            return Optional.empty();
        }
        int at = covering("ips", address.get());
        return Optional.of(FieldError.invalidText(
                "spec.ips[" + at + "]",
                Json.text(spec.path("ips").path(at)),
                "conflicts with 'spec.gateway' %s, add the gateway IP address to 'spec.excludeIPs' or remove it from 'spec.ips'"
                        .formatted(gateway)));
    }

    /// The index of the range that holds an address; negative where none does.
    private int covering(String field, IpRange address) {
        var ranges = Json.texts(spec.path(field));
        for (int i = 0; i < ranges.size(); i++) {
            if (IpRange.range(ranges.get(i))
                    .filter(range -> range.contains(address))
                    .isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private Optional<Failure.Cause> routes(IpRange network) {
        var seen = new HashSet<String>();
        for (int i = 0; i < spec.path("routes").size(); i++) {
            var field = "spec.routes[" + i + "]";
            var to = Json.text(spec.path("routes").path(i), "dst");
            var gateway = Json.text(spec.path("routes").path(i), "gw");
            var error = seen.add(to)
                    ? destination(network, field + ".dst", to).or(() -> next(network, field + ".gw", gateway))
                    : Optional.of(FieldError.invalidText(field + ".dst", to, "duplicate route with the same dst"));
            if (error.isPresent()) {
                return error;
            }
        }
        return Optional.empty();
    }

    private static Optional<Failure.Cause> destination(IpRange network, String field, String to) {
        if (to.equals("0.0.0.0/0") || to.equals("::/0")) {
            return Optional.of(
                    FieldError.invalidText(field, to, "please specify 'spec.gateway' to configure the default route"));
        }
        return IpRange.cidr(to)
                        .filter(cidr -> cidr.version() == network.version())
                        .isPresent()
                ? Optional.empty()
                : Optional.of(FieldError.invalidText(
                        field, to, "invalid CIDR format in IPv%d '%s'".formatted(network.version(), to)));
    }

    private Optional<Failure.Cause> next(IpRange network, String field, String gateway) {
        return IpRange.address(gateway).filter(network::contains).isPresent()
                ? Optional.empty()
                : Optional.of(FieldError.invalidText(field, gateway, outside()));
    }

    private Optional<Failure.Cause> inUse(ObjectNode old) {
        var records = Json.text(old, "status", "allocatedIPs");
        if (records.isEmpty()) {
            return Optional.empty();
        }
        for (var record : Json.parse(records).properties()) {
            var address = IpRange.address(record.getKey());
            if (address.isPresent()
                    && (covering("ips", address.get()) < 0 || covering("excludeIPs", address.get()) >= 0)) {
                return Optional.of(FieldError.forbidden(
                        "spec.ips",
                        "remove an IP address %s that is being used by Pod %s%s"
                                .formatted(record.getKey(), Json.text(record.getValue(), "pod"), JOINTLY)));
            }
        }
        return Optional.empty();
    }
}
