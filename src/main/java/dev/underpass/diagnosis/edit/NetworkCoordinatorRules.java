package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ObjectName;
import java.util.List;

/// The rules of the coordinator in a SpiderMultusConfig: its settings, and whether it runs at all.
final class NetworkCoordinatorRules {

    private static final String SETTINGS = "spec.coordinator";
    private static final String ENABLED = "spec.enableCoordinator";

    private final Review review;
    private final String type;

    NetworkCoordinatorRules(Review review, String type) {
        this.review = review;
        this.type = type;
    }

    void check() {
        var settings = review.spec().part("coordinator");
        boolean enabled = review.spec().flag("enableCoordinator", !type.equals("custom"));
        settings.ifPresent(each -> {
            new SettingsRules(review.problems(), each).check();
            new SettingsInCluster(review, each).check();
            if (enabled) {
                defaults(each);
            }
        });
        if (enabled && type.equals("custom")) {
            review.warn(ENABLED, SettingPhrases.CUSTOM_OFF.with());
        }
        if (!enabled && settings.isPresent()) {
            review.warn(SETTINGS, SettingPhrases.NOT_CHAINED.with());
        }
        if (review.knows(Known.PODS, SETTINGS, SettingPhrases.IF_PODS_FIT.with())) {
            var use = NetworkUse.of(review.now(), review.name());
            off(enabled, use);
            settings.flatMap(each -> each.text("mode")).ifPresent(mode -> mode(mode, use));
        }
    }

    /// U01: without the coordinator a first NIC on the underlay reaches no Service.
    private void off(boolean enabled, NetworkUse use) {
        if (!enabled && !type.equals("custom") && !use.first().isEmpty()) {
            review.warn(ENABLED, SettingPhrases.FIRST_NIC_WITHOUT.with(Words.some(use.first())));
        }
    }

    private void mode(String mode, NetworkUse use) {
        if (mode.equals("overlay") && !use.first().isEmpty()) {
            misfit(SettingPhrases.OVERLAY_FAILS, use.first());
        } else if (mode.equals("underlay") && !use.further().isEmpty()) {
            misfit(SettingPhrases.UNDERLAY_FAILS, use.further());
        }
    }

    private void misfit(SettingPhrases what, List<ObjectName> pods) {
        review.warn("spec.coordinator.mode", SettingPhrases.MISFIT.with(what.with(), Words.some(pods)));
    }

    /// U09: the API server fills in defaults, and these hide the SpiderCoordinator's settings as if they were meant.
    private void defaults(Part settings) {
        if (!review.knows(Known.COORDINATORS, SETTINGS, SettingPhrases.IF_DEFAULTS_HIDE.with())) {
            return;
        }
        review.now().spiderpool().coordinators().stream().limit(1).forEach(coordinator -> {
            for (var setting : Setting.ALL) {
                var meant = setting.of(coordinator.settings());
                var filled = setting.byDefault();
                if (!settings.has(setting.field()) && !filled.isEmpty() && !filled.equals(meant)) {
                    review.warn(
                            settings.at(setting.field()),
                            SettingPhrases.FILLED_IN.with(filled, meant, coordinator.name()));
                }
            }
        });
    }
}
