package dev.underpass.kubeapi;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What Spiderpool's webhooks demand of a coordinator's settings beyond the schema. They stop at the first error, and
/// name `hijackCIDR` by the name that it had before, `extraCIDR`.
final class CoordinatorRules {

    private static final List<String> CIDR_TYPES = List.of("auto", "cluster", "calico", "cilium", "none");
    private static final Pattern MAC_PREFIX = Pattern.compile("[0-9a-fA-F]{2}:[0-9a-fA-F]{2}");

    private CoordinatorRules() {}

    static Optional<Failure.Cause> ofCoordinator(JsonNode spec) {
        return spec.has("podCIDRType")
                ? of(spec)
                : Optional.of(FieldError.unsupported("spec.podCIDRType", "\"\"", CIDR_TYPES));
    }

    /// Of the settings in a SpiderMultusConfig, where any may be absent.
    static Optional<Failure.Cause> of(JsonNode spec) {
        List<Function<JsonNode, Optional<Failure.Cause>>> rules = List.of(
                CoordinatorRules::hijackCidr,
                CoordinatorRules::macPrefix,
                CoordinatorRules::queueLength,
                CoordinatorRules::reversePathFilter,
                CoordinatorRules::linkAddress);
        return rules.stream().flatMap(rule -> rule.apply(spec).stream()).findFirst();
    }

    private static Optional<Failure.Cause> hijackCidr(JsonNode spec) {
        var cidrs = Json.texts(spec.path("hijackCIDR"));
        return Stream.iterate(0, i -> i + 1)
                .limit(cidrs.size())
                .filter(i -> IpRange.cidr(cidrs.get(i))
                        .or(() -> IpRange.address(cidrs.get(i)))
                        .isEmpty())
                .map(i -> FieldError.invalidText(
                        "spec.extraCIDR[" + i + "]", cidrs.get(i), "invalid CIDR format '" + cidrs.get(i) + "'"))
                .findFirst();
    }

    private static Optional<Failure.Cause> macPrefix(JsonNode spec) {
        var prefix = Json.text(spec, "podMACPrefix");
        if (prefix.isEmpty()) {
            return Optional.empty();
        }
        if (!MAC_PREFIX.matcher(prefix).matches()) {
            return Optional.of(FieldError.invalidText("spec.podMACPrefix", prefix, "not a valid MAC prefix"));
        }
        return Integer.parseInt(prefix.substring(0, 2), 16) % 2 == 0
                ? Optional.empty()
                : Optional.of(FieldError.invalidText(
                        "spec.podMACPrefix", prefix, "not a unicast MAC: the lowest bit of the first byte must be 0"));
    }

    private static Optional<Failure.Cause> queueLength(JsonNode spec) {
        var length = spec.path("txQueueLen");
        return length.asInt(0) < 0
                ? Optional.of(
                        FieldError.invalid("spec.txQueueLen", length.toString(), "txQueueLen can't be less than 0"))
                : Optional.empty();
    }

    private static Optional<Failure.Cause> reversePathFilter(JsonNode spec) {
        var filter = spec.path("podRPFilter");
        return filter.asInt(0) > 2
                ? Optional.of(FieldError.unsupported("spec.podRPFilter", filter.toString(), List.of("0", "1", "2")))
                : Optional.empty();
    }

    private static Optional<Failure.Cause> linkAddress(JsonNode spec) {
        var address = Json.text(spec, "vethLinkAddress");
        return address.isEmpty() || IpRange.address(address).isPresent()
                ? Optional.empty()
                : Optional.of(FieldError.invalidText(
                        "spec.vethLinkAddress", address, "vethLinkAddress is an invalid IP address"));
    }
}
