package dev.underpass.kubeapi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Spiderpool's admission webhooks, whose rules are stricter than its CRDs.
///
/// The message of a bad `hijackCIDR` is not recorded, so its last words may differ from Spiderpool's. Finalizers, which
/// its mutating webhooks add, are left out: nothing here would remove them.
public final class SpiderpoolWebhooks implements Webhook {

    private static final String DOMAIN = ".spiderpool.spidernet.io";

    private final FakeKubeApi api;

    /// @param api where the pools are that a new one is compared with
    public SpiderpoolWebhooks(FakeKubeApi api) {
        this.api = api;
    }

    @Override
    public void mutate(ObjectNode object) {
        switch (Json.text(object, "kind")) {
            case "SpiderCoordinator" -> {
                if (object.path("spec").path("hijackCIDR") instanceof ArrayNode cidrs) {
                    hosts(cidrs);
                }
            }
            case "SpiderIPPool" -> {
                if (object.get("spec") instanceof ObjectNode spec && !spec.has("ipVersion")) {
                    IpRange.cidr(Json.text(spec, "subnet")).ifPresent(range -> spec.put("ipVersion", range.version()));
                }
            }
            default -> {}
        }
    }

    private static void hosts(ArrayNode cidrs) {
        for (int i = 0; i < cidrs.size(); i++) {
            var text = cidrs.get(i).asString("");
            var address = IpRange.address(text);
            if (address.isPresent()) {
                cidrs.set(i, StringNode.valueOf(text + (address.get().version() == 4 ? "/32" : "/128")));
            }
        }
    }

    @Override
    public Optional<Refusal> review(ObjectNode object, @Nullable ObjectNode old) {
        var spec = object.path("spec");
        var error = switch (Json.text(object, "kind")) {
            case "SpiderCoordinator" -> CoordinatorRules.ofCoordinator(spec);
            case "SpiderMultusConfig" -> MultusRules.of(spec);
            case "SpiderIPPool" -> new PoolRules(object, api.stored("spiderippools")).error(old);
            default -> Optional.<Failure.Cause>empty();
        };
        return error.map(cause -> refusal(object, cause));
    }

    private static Refusal refusal(ObjectNode object, Failure.Cause cause) {
        var type = ResourceTypes.of(object);
        var status = Failure.invalid(type, Json.text(object, "metadata", "name"), List.of(cause))
                .status();
        return new Refusal(type.names().kind().toLowerCase(Locale.ROOT) + DOMAIN, status);
    }
}
