package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.console.web.Effective.Held;
import dev.underpass.console.web.Effective.Source;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The network that the wizard's NIC is of: one that is there, or a SpiderMultusConfig that is to be made.
///
/// @param name absent while it is not known
/// @param cni the plugin that makes the NIC
/// @param parent the nodes' device that the NICs hang on; empty where nothing says it
/// @param mode the coordinator's, and whence it is
/// @param object the one that is to be made; absent where the network is there
record WizardNetwork(
        @Nullable ObjectName name,
        String cni,
        String parent,
        Held mode,
        @Nullable ObjectNode object) {

    static final String NEW = "new";
    static final List<String> TYPES = List.of("macvlan", "ipvlan", "sriov");

    private static final String API_VERSION = "spiderpool.spidernet.io/v2beta1";

    static WizardNetwork of(ClusterSnapshot now, WizardQuestion question, WizardProblems problems) {
        var chosen = question.text("network");
        if (chosen.isEmpty()) {
            problems.refuse("network", "choose", "");
            return new WizardNetwork(null, "", "", inherited(now), null);
        }
        return chosen.equals(NEW) ? made(now, question, problems) : existing(now, chosen, problems);
    }

    private static WizardNetwork existing(ClusterSnapshot now, String chosen, WizardProblems problems) {
        var attachment = now.spiderpool().networkAttachments().stream()
                .filter(each -> each.name().toString().equals(chosen))
                .findFirst()
                .orElse(null);
        if (attachment == null) {
            problems.refuse("network", "noNetwork", chosen);
            return new WizardNetwork(null, "", "", inherited(now), null);
        }
        if (attachment.coordinator() == null) {
            problems.refuse("network", "uncoordinated", chosen);
        }
        return new WizardNetwork(
                attachment.name(),
                attachment.mainPlugin(),
                attachment.master() == null ? "" : attachment.master().value(),
                mode(now, attachment),
                null);
    }

    private static Held mode(ClusterSnapshot now, NetworkAttachment attachment) {
        var own = attachment.coordinator();
        return own == null || own.mode() == null
                ? inherited(now)
                : new Held(own.mode(), Source.ATTACHMENT, attachment.name().toString());
    }

    private static Held inherited(ClusterSnapshot now) {
        var first = now.spiderpool().coordinators().stream().findFirst();
        return first.filter(each -> each.settings().mode() != null)
                .map(each -> new Held(String.valueOf(each.settings().mode()), Source.COORDINATOR, each.name()))
                .orElse(new Held("auto", Source.BUILT_IN, ""));
    }

    private static WizardNetwork made(ClusterSnapshot now, WizardQuestion question, WizardProblems problems) {
        var cni = question.text("cni");
        if (!TYPES.contains(cni)) {
            problems.refuse("cni", cni.isEmpty() ? "choose" : "noType", cni);
        }
        var object = object(question, cni);
        var there = there(now, question);
        if (there != null) {
            var found = existing(now, there.toString(), problems);
            if (found.cni().equals(cni) && found.parent().equals(parent(question))) {
                problems.warn("netname", "there", there.toString());
                return found;
            }
        }
        problems.judge(now, object, fields(cni), "network");
        return new WizardNetwork(name(question), cni, parent(question), inherited(now), object);
    }

    /// What was to be made, and is there by now.
    private static @Nullable ObjectName there(ClusterSnapshot now, WizardQuestion question) {
        return now.spiderpool().networkAttachments().stream()
                .map(NetworkAttachment::name)
                .filter(each -> each.equals(name(question)))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> fields(String cni) {
        return Map.of(
                "metadata.namespace",
                "netns",
                "metadata.name",
                "netname",
                "spec." + cni + ".vlanID",
                "vlan",
                "spec." + cni + ".resourceName",
                "resource",
                "spec." + cni + ".master",
                "master");
    }

    private static @Nullable ObjectName name(WizardQuestion question) {
        try {
            return new ObjectName(question.text("netns"), question.text("netname"));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// Spiderpool makes a device `eth0.100` for VLAN 100 on eth0.
    private static String parent(WizardQuestion question) {
        var vlan = question.text("vlan");
        return question.text("master") + (vlan.isEmpty() || vlan.equals("0") ? "" : "." + vlan);
    }

    private static ObjectNode object(WizardQuestion question, String cni) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", API_VERSION).put("kind", "SpiderMultusConfig");
        object.putObject("metadata").put("namespace", question.text("netns")).put("name", question.text("netname"));
        var spec = object.putObject("spec").put("cniType", cni);
        if (TYPES.contains(cni)) {
            var section = spec.putObject(cni);
            if (cni.equals("sriov")) {
                put(section, "resourceName", question.text("resource"));
            } else {
                var masters = section.putArray("master");
                if (!question.text("master").isEmpty()) {
                    masters.add(question.text("master"));
                }
            }
            vlan(section, question.text("vlan"));
        }
        spec.put("enableCoordinator", true);
        return object;
    }

    private static void put(ObjectNode section, String field, String text) {
        if (!text.isEmpty()) {
            section.put(field, text);
        }
    }

    private static void vlan(ObjectNode section, String text) {
        if (text.matches("\\d{1,9}")) {
            section.put("vlanID", Integer.parseInt(text));
        } else {
            put(section, "vlanID", text);
        }
    }

    /// The same where the coordinator has the mode that is wanted: a network that is to be made says it itself, where
    /// what it inherits is another.
    WizardNetwork inMode(String wanted, WizardProblems problems) {
        if (List.of("auto", wanted).contains(mode.value())) {
            return this;
        }
        if (object == null) {
            problems.refuse("mode", "otherMode", mode.value(), mode.of().isEmpty() ? String.valueOf(name) : mode.of());
            return this;
        }
        var with = object.deepCopy();
        if (with.get("spec") instanceof ObjectNode spec) {
            spec.putObject("coordinator").put("mode", wanted);
        }
        return new WizardNetwork(name, cni, parent, new Held(wanted, Source.OWN, ""), with);
    }
}
