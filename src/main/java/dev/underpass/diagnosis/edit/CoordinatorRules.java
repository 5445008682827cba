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
        if (review.knows(Known.COORDINATORS, "", SettingPhrases.IF_SECOND.with()) && !coordinators.isEmpty()) {
            review.refuse("", SettingPhrases.SECOND.with(coordinators.getFirst().name()));
        }
    }

    private void unread() {
        if (coordinators.size() > 1
                && !coordinators.getFirst().name().equals(review.name().name())) {
            review.warn(
                    "",
                    SettingPhrases.NOT_FIRST.with(
                            coordinators.size(), coordinators.getFirst().name()));
        }
    }

    private void deletion() {
        var others = coordinators.stream()
                .map(Coordinator::name)
                .filter(name -> !name.equals(review.name().name()))
                .toList();
        if (!review.knows(Known.COORDINATORS, "", SettingPhrases.IF_ONLY.with())) {
            return;
        }
        if (others.isEmpty()) {
            review.refuse("", SettingPhrases.ONLY.with());
        } else if (coordinators.getFirst().name().equals(review.name().name())) {
            review.warn("", SettingPhrases.NEXT_HOLDS.with(others.getFirst()));
        }
    }

    /// U15 and U16: a mode that is set for all must fit what Pods have.
    private void mode() {
        var mode = review.spec().text("mode").orElse("auto");
        if (!mode.equals("underlay") && !mode.equals("overlay")) {
            return;
        }
        var field = "spec.mode";
        if (!review.knows(Known.PODS, field, SettingPhrases.IF_PODS_FIT_MODE.with(mode))) {
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
                    SettingPhrases.MODE_FOR_ALL.with(mode, underlay ? "overlay" : "underlay", Words.some(misfits)));
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
        if (!review.knows(Known.ATTACHMENTS, "", SettingPhrases.IF_HIDDEN.with())) {
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
                review.warn(review.spec().at(setting.field()), SettingPhrases.HIDDEN.with(Words.some(hiding)));
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
