package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import java.util.List;

/// The rules of a SpiderCoordinator.
final class CoordinatorRules {

    private final Review review;
    private final List<Coordinator> coordinators;

    private CoordinatorRules(Review review) {
        this.review = review;
        this.coordinators = review.now().spiderpool().coordinators();
    }

    static void check(Review review) {
        var rules = new CoordinatorRules(review);
        switch (review.operation()) {
            case CREATE -> rules.second();
            case UPDATE -> rules.unread();
            case DELETE -> rules.deletion();
        }
        if (!review.deletes()) {
            new SettingsRules(review.problems(), review.spec()).check();
            new SettingsInCluster(review, review.spec()).check();
            rules.mode();
        }
        if (review.updates()) {
            rules.hidden();
        }
    }

    private void second() {
        if (review.knows(Known.COORDINATORS, "", "whether there is another SpiderCoordinator")
                && !coordinators.isEmpty()) {
            review.refuse(
                    "",
                    "there is already SpiderCoordinator %s, and the agent reads only the first one: change that"
                            .formatted(coordinators.getFirst().name()));
        }
    }

    private void unread() {
        if (coordinators.size() > 1
                && !coordinators.getFirst().name().equals(review.name().name())) {
            review.warn(
                    "",
                    "has no effect: Spiderpool's agent reads only the first of %d SpiderCoordinators, %s"
                            .formatted(
                                    coordinators.size(), coordinators.getFirst().name()));
        }
    }

    private void deletion() {
        var others = coordinators.stream()
                .map(Coordinator::name)
                .filter(name -> !name.equals(review.name().name()))
                .toList();
        if (!review.knows(Known.COORDINATORS, "", "whether it is the only SpiderCoordinator")) {
            return;
        }
        if (others.isEmpty()) {
            review.refuse(
                    "",
                    "it is the only SpiderCoordinator: without one no underlay Pod can be created or deleted (U02)");
        } else if (coordinators.getFirst().name().equals(review.name().name())) {
            review.warn("", "the settings of SpiderCoordinator %s would hold from now on".formatted(others.getFirst()));
        }
    }

    /// U15 and U16: a mode that is set for all must fit what Pods have.
    private void mode() {
        var mode = review.spec().text("mode").orElse("auto");
        if (!mode.equals("underlay") && !mode.equals("overlay")) {
            return;
        }
        var field = "spec.mode";
        if (!review.knows(Known.PODS, field, "whether all Pods fit mode " + mode)) {
            return;
        }
        boolean underlay = mode.equals("underlay");
        var misfits = review.now().pods().stream()
                .filter(pod -> underlay ? isOverlayWithMore(pod) : isUnderlay(pod))
                .map(Pod::name)
                .toList();
        if (!misfits.isEmpty()) {
            review.warn(
                    field,
                    "'%s' for all fails Pods whose first NIC is on the %s, such as %s (U15): use auto"
                            .formatted(mode, underlay ? "overlay" : "underlay", Words.some(misfits)));
        }
    }

    private static boolean isUnderlay(Pod pod) {
        return pod.annotations().containsKey(Pod.DEFAULT_NETWORK);
    }

    private static boolean isOverlayWithMore(Pod pod) {
        return !isUnderlay(pod) && pod.annotations().containsKey(Pod.NETWORKS);
    }

    /// U09: what a network says itself wins over the SpiderCoordinator.
    private void hidden() {
        if (!review.knows(Known.ATTACHMENTS, "", "whether a network hides the changes by settings of its own")) {
            return;
        }
        var before = coordinators.stream()
                .filter(each -> each.name().equals(review.name().name()))
                .map(Coordinator::settings)
                .findFirst();
        if (before.isEmpty()) {
            return;
        }
        for (var setting : Setting.ALL) {
            var hiding = hiding(setting);
            if (!hiding.isEmpty() && !setting.of(review.spec()).equals(setting.of(before.get()))) {
                review.warn(
                        review.spec().at(setting.field()),
                        "has no effect for Pods of the networks that set it themselves: %s (U09)"
                                .formatted(Words.some(hiding)));
            }
        }
    }

    private List<ObjectName> hiding(Setting setting) {
        return review.now().spiderpool().networkAttachments().stream()
                .filter(each -> each.coordinator() != null
                        && setting.in(each.coordinator()).isPresent())
                .map(NetworkAttachment::name)
                .toList();
    }
}
