package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.diagnosis.edit.Part.Entry;
import dev.underpass.net.Link;
import dev.underpass.words.Sentence;
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
        if (review.knows(Known.ATTACHMENTS, section.at("master"), NetworkPhrases.IF_SAME_MASTER.with())) {
            masters.forEach(this::exclusive);
        }
        if (!hosts.unreported().isEmpty()) {
            review.warn(section.at("master"), NetworkPhrases.UNREPORTED.with(Words.some(hosts.unreported())));
        } else if (!hosts.known()) {
            review.warn(section.at("master"), NetworkPhrases.NO_AGENT.with());
        }
    }

    private void present(Entry master) {
        var lacking = hosts.links().keySet().stream()
                .filter(node -> hosts.link(node, master.text()).isEmpty())
                .toList();
        if (lacking.isEmpty()) {
            return;
        }

        boolean nowhere =
                lacking.size() == hosts.links().size() && hosts.unreported().isEmpty();
        if (nowhere) {
            review.refuse(
                    master.path(), NetworkPhrases.NO_DEVICE_ANYWHERE.with(master.text(), nodes(lacking), devices()));
        } else {
            review.warn(master.path(), NetworkPhrases.NO_DEVICE.with(master.text(), nodes(lacking)));
        }
    }

    private static Sentence nodes(List<?> nodes) {
        return (nodes.size() == 1 ? Phrases.NODE : NetworkPhrases.NODES).with(Words.some(nodes));
    }

    /// The names that would be right.
    private Sentence devices() {
        var names = hosts.links().values().stream()
                .flatMap(List::stream)
                .filter(link -> link.kind().isEmpty() && !link.loopback())
                .map(link -> link.name().value())
                .distinct()
                .sorted()
                .toList();
        return names.isEmpty() ? Sentence.NONE : Phrases.THERE_ARE.with(Words.some(names));
    }

    private void state(Entry master) {
        var links = new LinkedHashMap<NodeName, Link>();
        hosts.links()
                .keySet()
                .forEach(node -> hosts.link(node, master.text()).ifPresent(link -> links.put(node, link)));
        long mtuBytes = section.whole("mtu").orElse(0L);
        if (links.values().stream().anyMatch(Link::loopback)) {
            review.refuse(master.path(), NetworkPhrases.LOOPBACK_MASTER.with(master.text()));
        }
        such(links, link -> !link.up()).ifPresent(down -> review.warn(master.path(), NetworkPhrases.DOWN.with(down)));
        such(links, link -> link.master() != null)
                .ifPresent(enslaved -> review.warn(master.path(), NetworkPhrases.ENSLAVED.with(type, enslaved)));
        such(links, link -> link.mtuBytes() < mtuBytes)
                .ifPresent(narrow ->
                        review.warn(section.at("mtu"), NetworkPhrases.MORE_THAN_MASTER.with(mtuBytes, narrow)));
    }

    /// The devices that are so, each with its node.
    private static Optional<Sentence> such(Map<NodeName, Link> links, Predicate<Link> so) {
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
                .ifPresent(other -> review.warn(master.path(), NetworkPhrases.EXCLUSIVE.with(master.text(), other)));
    }
}
