package dev.underpass.diagnosis.edit;

import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import dev.underpass.words.Sentence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The rules of a SpiderMultusConfig as a whole.
final class MultusRules {

    /// The field that each type of network is set up in.
    private static final String NOT_JSON = "not JSON: ";
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

    /// The field that a type of network is set up in; empty where it is none.
    static String sectionOf(String type) {
        return SECTIONS.getOrDefault(type, "");
    }

    /// The section of the network's type, which alone may be there.
    private Optional<Part> section() {
        var wanted = SECTIONS.get(type);
        if (wanted == null) {
            return Optional.empty();
        }
        SECTIONS.values().stream()
                .filter(other -> !other.equals(wanted) && spec.has(other))
                .forEach(other -> review.refuse("spec." + other, NetworkPhrases.OTHER_SECTION.with(type, wanted)));
        if (type.equals("custom")) {
            return Optional.empty();
        }
        if (!spec.has(wanted)) {
            review.refuse("spec." + wanted, NetworkPhrases.NO_SECTION.with(type, wanted));
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
                review.warn(entry.path(), NetworkPhrases.NO_TYPE.with());
            }
        } catch (ReportFormatException e) {
            review.refuse(entry.path(), NetworkPhrases.NO_JSON.with(Words.quoted(entry.text()), reason(e.reason())));
        }
    }

    /// What the parser says stays as it is.
    private static Sentence reason(String reason) {
        var said = Words.shortened(reason);
        return said.startsWith(NOT_JSON)
                ? NetworkPhrases.PARSER.with(said.substring(NOT_JSON.length()))
                : NetworkPhrases.NOT_AN_OBJECT.with();
    }

    private void deletion() {
        if (review.knows(Known.PODS, "", NetworkPhrases.IF_USED.with())) {
            var pods = NetworkUse.of(review.now(), review.name()).all();
            if (!pods.isEmpty()) {
                review.refuse("", NetworkPhrases.USED.with(Words.some(pods)));
            }
        }
    }
}
