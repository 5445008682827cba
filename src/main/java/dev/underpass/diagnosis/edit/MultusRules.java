package dev.underpass.diagnosis.edit;

import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The rules of a SpiderMultusConfig as a whole.
final class MultusRules {

    /// The field that each type of network is set up in.
    private static final Map<String, String> SECTIONS = sections();

    private final Review review;
    private final Part spec;
    private final String type;

    private MultusRules(Review review) {
        this.review = review;
        this.spec = review.spec();
        this.type = spec.text("cniType").orElse("custom");
    }

    static void check(Review review) {
        var rules = new MultusRules(review);
        if (review.deletes()) {
            rules.deletion();
            return;
        }
        var section = rules.section();
        section.ifPresent(each -> {
            new SectionRules(review, rules.type, each).check();
            new PoolNameRules(review, each).check();
        });
        rules.json();
        new NetworkCoordinatorRules(review, rules.type).check();
    }

    private static Map<String, String> sections() {
        var sections = new LinkedHashMap<String, String>();
        for (var same : new String[] {"macvlan", "ipvlan", "vlan", "sriov", "ovs", "ipoib"}) {
            sections.put(same, same);
        }
        sections.put("ib-sriov", "ibsriov");
        sections.put("custom", "customCNI");
        return sections;
    }

    /// The section of the network's type, which alone may be there.
    private Optional<Part> section() {
        var wanted = SECTIONS.get(type);
        if (wanted == null) {
            return Optional.empty();
        }
        SECTIONS.values().stream()
                .filter(other -> !other.equals(wanted) && spec.has(other))
                .forEach(other -> review.refuse(
                        "spec." + other,
                        "is for another cniType: a network of type %s is set up in spec.%s alone; remove it"
                                .formatted(type, wanted)));
        if (type.equals("custom")) {
            return Optional.empty();
        }
        if (!spec.has(wanted)) {
            review.refuse(
                    "spec." + wanted, "is missing: a network of type %s is set up in spec.%s".formatted(type, wanted));
        }
        return spec.part(wanted);
    }

    private void json() {
        spec.text("customCNI").ifPresent(text -> json(new Part.Entry("spec.customCNI", text), true));
        spec.texts("chainCNIJsonData").forEach(entry -> json(entry, false));
    }

    private void json(Part.Entry entry, boolean main) {
        try {
            var config = new Part("", Fields.parse(entry.text()).values());
            if (!config.has("type") && !(main && config.has("plugins"))) {
                review.warn(entry.path(), "has no \"type\", so no plugin can be found for it");
            }
        } catch (ReportFormatException e) {
            review.refuse(
                    entry.path(),
                    "%s is no JSON object: %s".formatted(Words.quoted(entry.text()), Words.shortened(e.reason())));
        }
    }

    private void deletion() {
        if (review.knows(Known.PODS, "", "whether Pods use the network")) {
            var pods = NetworkUse.of(review.now(), review.name()).all();
            if (!pods.isEmpty()) {
                review.refuse(
                        "",
                        "Pods use the network: %s; their successors would not start. Change or delete these Pods first"
                                .formatted(Words.some(pods)));
            }
        }
    }
}
