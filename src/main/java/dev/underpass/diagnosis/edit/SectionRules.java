package dev.underpass.diagnosis.edit;

import dev.underpass.diagnosis.edit.Part.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rules of the section that sets up a SpiderMultusConfig's own type of network.
final class SectionRules {

    private static final Set<String> CHILDREN = Set.of("macvlan", "ipvlan", "vlan");
    private static final int MOST_MASTERS = 32;
    private static final Set<String> VIRTUAL_FUNCTIONS = Set.of("sriov", "ib-sriov");

    private final Review review;
    private final String type;
    private final Part section;

    SectionRules(Review review, String type, Part section) {
        this.review = review;
        this.type = type;
        this.section = section;
    }

    void check() {
        if (CHILDREN.contains(type)) {
            masters();
            vlanMode();
        } else if (VIRTUAL_FUNCTIONS.contains(type)) {
            virtualFunction();
        } else if (type.equals("ovs")) {
            section.text("bridge").ifPresentOrElse(this::device, () -> missing("bridge", NetworkPhrases.BRIDGE_NAME));
            section.parts("trunk").forEach(this::trunk);
        } else if (type.equals("ipoib")) {
            section.text("master")
                    .ifPresentOrElse(this::infiniband, () -> missing("master", NetworkPhrases.INFINIBAND_NAME));
        }
        section.whole("mtu")
                .filter(mtu -> mtu > 0 && mtu < 68)
                .ifPresent(mtu -> review.refuse(section.at("mtu"), NetworkPhrases.SMALL_MTU.with(mtu)));
    }

    private void missing(String field, NetworkPhrases right) {
        if (!review.problems().refused(section.at(field))) {
            review.refuse(section.at(field), NetworkPhrases.MISSING.with(right.with()));
        }
    }

    private void device(String name) {
        DeviceNames.check(review.problems(), new Entry(section.at("bridge"), name));
    }

    private void infiniband(String name) {
        var entry = new Entry(section.at("master"), name);
        if (DeviceNames.check(review.problems(), entry)) {
            new MasterRules(review, type, section).check(List.of(entry));
        }
    }

    private void masters() {
        var masters = section.texts("master");
        if (masters.isEmpty() && !review.problems().refused(section.at("master"))) {
            review.refuse(section.at("master"), NetworkPhrases.NO_MASTER.with());
        }
        var seen = new HashSet<String>();
        var valid = masters.stream()
                .filter(entry -> DeviceNames.check(review.problems(), entry))
                .toList();
        valid.stream()
                .filter(entry -> !seen.add(entry.text()))
                .forEach(entry ->
                        review.refuse(entry.path(), NetworkPhrases.LISTED_TWICE.with(Words.quoted(entry.text()))));
        bond(masters.size());
        valid.stream().filter(_ -> masters.size() == 1).forEach(entry -> vlanDevice(entry.text()));
        if (masters.size() > MOST_MASTERS) {
            review.refuse(section.at("master"), NetworkPhrases.MANY_MASTERS.with(masters.size()));
        } else {
            new MasterRules(review, type, section).check(valid);
        }
    }

    private void bond(int masters) {
        var bond = section.part("bond");
        if (masters > 1 && bond.isEmpty()) {
            review.refuse(section.at("bond"), NetworkPhrases.NO_BOND.with(masters));
        }
        if (masters == 1 && bond.isPresent()) {
            review.warn(section.at("bond"), NetworkPhrases.SINGLE_MASTER.with());
        }
        bond.filter(part -> part.has("name")).ifPresent(part -> {
            var name = part.text("name").orElse("");
            if (DeviceNames.check(review.problems(), new Entry(part.at("name"), name))) {
                vlanDevice(name);
            }
        });
    }

    /// Spiderpool makes a device `eth0.100` for VLAN 100 on eth0.
    private void vlanDevice(String device) {
        section.whole("vlanID").filter(vlan -> vlan > 0).ifPresent(vlan -> {
            var child = device + "." + vlan;
            if (!DeviceNames.valid(child)) {
                review.refuse(section.at("vlanID"), NetworkPhrases.LONG_VLAN_DEVICE.with(child));
            }
        });
    }

    private void vlanMode() {
        if (!type.equals("vlan")) {
            return;
        }
        boolean automatic = section.text("vlanMode").orElse("manual").equals("auto");
        if (automatic && section.has("vlanID")) {
            review.refuse(section.at("vlanID"), NetworkPhrases.VLAN_ID_WITH_AUTO.with());
        } else if (!automatic && !section.has("vlanID")) {
            review.refuse(section.at("vlanID"), NetworkPhrases.NO_VLAN_ID.with());
        }
    }

    private void virtualFunction() {
        if (section.text("resourceName").isEmpty()) {
            missing("resourceName", NetworkPhrases.RESOURCE_NAME);
        }
        var least = section.whole("minTxRateMbps");
        var most = section.whole("maxTxRateMbps");
        if (least.isPresent() && most.isPresent() && least.get() > most.get()) {
            review.refuse(section.at("minTxRateMbps"), NetworkPhrases.MORE_THAN_MAX_RATE.with(least.get(), most.get()));
        }
    }

    private void trunk(Part trunk) {
        var least = trunk.whole("minID");
        var most = trunk.whole("maxID");
        if (most.isPresent() && least.isEmpty()) {
            review.refuse(trunk.at("minID"), NetworkPhrases.NO_MIN_ID.with(most.get()));
        } else if (most.isPresent() && least.isPresent() && least.get() > most.get()) {
            review.refuse(trunk.at("minID"), NetworkPhrases.MORE_THAN_MAX_ID.with(least.get(), most.get()));
        }
        if (trunk.fields().isEmpty()) {
            review.warn(trunk.path(), NetworkPhrases.NO_VLAN.with());
        }
    }
}
