package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.diagnosis.edit.Part.Entry;
import dev.underpass.net.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The rules that the nodes' devices set to a network whose NICs are made from them.
final class MasterRules {

    private static final Set<String> EXCLUSIVE = Set.of("macvlan", "ipvlan");

    private final Review review;
    private final String type;
    private final Part section;
    private final Hosts hosts;

    MasterRules(Review review, String type, Part section) {
        this.review = review;
        this.type = type;
        this.section = section;
        this.hosts = Hosts.of(review.now());
    }

    void check(List<Entry> masters) {
        masters.forEach(this::present);
        masters.forEach(this::state);
        if (masters.isEmpty()) {
            return;
        }
        if (review.knows(Known.ATTACHMENTS, section.at("master"), "whether another network has the same master")) {
            masters.forEach(this::exclusive);
        }
        if (!hosts.unreported().isEmpty()) {
            review.warn(
                    section.at("master"),
                    "not known whether nodes have the device that no agent reports: " + Words.some(hosts.unreported()));
        } else if (!hosts.known()) {
            review.warn(section.at("master"), "not known whether nodes have the device: no agent reports");
        }
    }

    private void present(Entry master) {
        var lacking = hosts.links().keySet().stream()
                .filter(node -> hosts.link(node, master.text()).isEmpty())
                .toList();
        if (lacking.isEmpty()) {
            return;
        }
        var message =
                "no device %s on %s: Pods of this network do not start there".formatted(master.text(), nodes(lacking));
        boolean nowhere =
                lacking.size() == hosts.links().size() && hosts.unreported().isEmpty();
        if (nowhere) {
            review.refuse(master.path(), message + devices());
        } else {
            review.warn(master.path(), message);
        }
    }

    private static String nodes(List<?> nodes) {
        return (nodes.size() == 1 ? "node " : "nodes ") + Words.some(nodes);
    }

    /// The names that would be right.
    private String devices() {
        var names = hosts.links().values().stream()
                .flatMap(List::stream)
                .filter(link -> link.kind().isEmpty() && !link.loopback())
                .map(link -> link.name().value())
                .distinct()
                .sorted()
                .toList();
        return names.isEmpty() ? "" : "; there are " + Words.some(names);
    }

    private void state(Entry master) {
        var links = new LinkedHashMap<NodeName, Link>();
        hosts.links()
                .keySet()
                .forEach(node -> hosts.link(node, master.text()).ifPresent(link -> links.put(node, link)));
        long mtuBytes = section.whole("mtu").orElse(0L);
        if (links.values().stream().anyMatch(Link::loopback)) {
            review.refuse(master.path(), "%s is the loopback device, which has no network".formatted(master.text()));
        }
        such(links, link -> !link.up())
                .ifPresent(down -> review.warn(master.path(), "it is down where no Pod can start: " + down));
        such(links, link -> link.master() != null)
                .ifPresent(enslaved -> review.warn(
                        master.path(),
                        "a device in a bond or bridge cannot have %s children, name the bond or bridge: %s"
                                .formatted(type, enslaved)));
        such(links, link -> link.mtuBytes() < mtuBytes)
                .ifPresent(narrow -> review.warn(
                        section.at("mtu"),
                        "%d is more than the master carries, so Pods do not start there: %s"
                                .formatted(mtuBytes, narrow)));
    }

    /// The devices that are so, each with its node.
    private static Optional<String> such(Map<NodeName, Link> links, Predicate<Link> so) {
        var devices = links.entrySet().stream()
                .filter(entry -> so.test(entry.getValue()))
                .map(entry -> "%s %s%s mtu %d"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().name(),
                                entry.getValue().master() == null
                                        ? ""
                                        : " master " + entry.getValue().master(),
                                entry.getValue().mtuBytes()))
                .toList();
        return devices.isEmpty() ? Optional.empty() : Optional.of(Words.some(devices));
    }

    /// The kernel lets a device have macvlan children or ipvlan ones, not both.
    private void exclusive(Entry master) {
        if (!EXCLUSIVE.contains(type) || section.whole("vlanID").orElse(0L) > 0) {
            return;
        }
        review.now().spiderpool().networkAttachments().stream()
                .filter(each -> EXCLUSIVE.contains(each.mainPlugin())
                        && !each.mainPlugin().equals(type)
                        && !each.name().equals(review.name())
                        && each.master() != null
                        && each.master().value().equals(master.text()))
                .map(NetworkAttachment::name)
                .findFirst()
                .ifPresent(other -> review.warn(
                        master.path(),
                        "%s is the master of %s too, which is of the other type: on one node a device has macvlan or"
                                        .formatted(master.text(), other)
                                + " ipvlan children, not both"));
    }
}
