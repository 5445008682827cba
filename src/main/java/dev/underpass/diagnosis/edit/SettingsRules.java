package dev.underpass.diagnosis.edit;

import dev.underpass.diagnosis.edit.Part.Entry;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.words.Sentence;
import java.util.HashSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The rules of the coordinator's settings, in a SpiderCoordinator as in a SpiderMultusConfig, as far as the settings
/// alone decide.
final class SettingsRules {

    private static final Pattern MAC_PREFIX = Pattern.compile("[0-9a-fA-F]{2}:[0-9a-fA-F]{2}");
    private static final Pattern USUAL_NIC = Pattern.compile("eth0|net[0-9]+");
    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("169.254.0.0/16");
    private static final int LEAST_IPV6_MTU = 1280;

    private final Problems problems;
    private final Part settings;

    SettingsRules(Problems problems, Part settings) {
        this.problems = problems;
        this.settings = settings;
    }

    void check() {
        text("mode", this::mode);
        hijacked();
        settings.whole("hostRuleTable").ifPresent(this::table);
        text("podDefaultRouteNIC", this::defaultRoute);
        settings.whole("podRPFilter").ifPresent(this::reversePathFilter);
        if (!settings.flag("tunePodRoutes", true)) {
            problems.warn(settings.at("tunePodRoutes"), SettingPhrases.UNTUNED.with());
        }
        settings.whole("txQueueLen").filter(length -> length > 0).ifPresent(this::queueLength);
        text("podMACPrefix", this::macPrefix);
        settings.whole("vethMTU").ifPresent(this::mtu);
        text("vethLinkAddress", this::linkAddress);
        settings.parts("policyRoutes").forEach(this::policyRoute);
    }

    private void text(String field, Consumer<Entry> rule) {
        settings.text(field).ifPresent(text -> rule.accept(new Entry(settings.at(field), text)));
    }

    private void mode(Entry entry) {
        switch (entry.text()) {
            case "disabled" -> problems.refuse(entry.path(), SettingPhrases.DISABLED_MODE.with());
            case "disable" -> problems.refuse(entry.path(), SettingPhrases.DISABLE_MODE.with());
            default -> {}
        }
    }

    private void hijacked() {
        var seen = new HashSet<IpPrefix>();
        var entries = settings.texts("hijackCIDR");
        var listed = entries.stream()
                .flatMap(entry -> Prefixes.meant(entry.text()).stream())
                .collect(Collectors.toSet());
        for (var entry : entries) {
            if (problems.tooMany(entry.path())) {
                return;
            }
            var host = Prefixes.address(entry.text());
            var prefix =
                    host.isPresent() ? Prefixes.meant(entry.text()) : Prefixes.read(problems, entry, "169.254.0.0/16");
            prefix.ifPresent(each -> {
                hijacked(entry, each, seen.add(each));
                Prefixes.widest(listed, each)
                        .ifPresent(
                                wider -> problems.warn(entry.path(), NetworkPhrases.COVERED.with(entry.text(), wider)));
            });
        }
    }

    private void hijacked(Entry entry, IpPrefix prefix, boolean first) {
        if (!first) {
            problems.warn(entry.path(), NetworkPhrases.LISTED_TWICE.with(prefix));
        }
        if (prefix.length() == 0) {
            problems.warn(entry.path(), SettingPhrases.STEERS_ALL.with(prefix));
        }
    }

    /// The tables that the kernel has for itself: `default`, `main` and `local`.
    private void table(long number) {
        if (number >= 253 && number <= 255) {
            problems.refuse(
                    settings.at("hostRuleTable"),
                    SettingPhrases.KERNEL_TABLE.with(
                            number, number == 253 ? "default" : number == 254 ? "main" : "local"));
        }
    }

    private void defaultRoute(Entry entry) {
        if (DeviceNames.check(problems, entry)
                && !USUAL_NIC.matcher(entry.text()).matches()) {
            problems.warn(entry.path(), SettingPhrases.UNUSUAL_NIC.with(Words.quoted(entry.text())));
        }
    }

    private void reversePathFilter(long filter) {
        var field = settings.at("podRPFilter");
        if (filter < 0) {
            problems.warn(field, SettingPhrases.RP_FILTER_LEFT.with(filter));
        } else if (filter == 1) {
            problems.warn(field, SettingPhrases.RP_FILTER_STRICT.with());
        }
    }

    private void queueLength(long length) {
        problems.warn(settings.at("txQueueLen"), SettingPhrases.QUEUE_LENGTH.with(length));
    }

    private void macPrefix(Entry entry) {
        if (!MAC_PREFIX.matcher(entry.text()).matches()) {
            problems.refuse(entry.path(), SettingPhrases.NO_MAC_PREFIX.with(Words.quoted(entry.text())));
        } else if (Integer.parseInt(entry.text().substring(0, 2), 16) % 2 != 0) {
            problems.refuse(entry.path(), SettingPhrases.MULTICAST_MAC.with(Words.quoted(entry.text())));
        }
    }

    private void mtu(long mtuBytes) {
        if (mtuBytes >= 68 && mtuBytes < LEAST_IPV6_MTU) {
            problems.warn(settings.at("vethMTU"), SettingPhrases.MTU_WITHOUT_IPV6.with(mtuBytes));
        }
    }

    private void linkAddress(Entry entry) {
        var address = Prefixes.address(entry.text());
        var wrong = address.isEmpty()
                ? SettingPhrases.NOT_ADDRESS.with()
                : address.get().family() == Family.IPV6
                        ? SettingPhrases.IPV6_ADDRESS.with()
                        : LINK_LOCAL.contains(address.get()) ? Sentence.NONE : SettingPhrases.NOT_LINK_LOCAL.with();
        if (!wrong.isEmpty()) {
            problems.refuse(entry.path(), SettingPhrases.NO_LINK_ADDRESS.with(Words.quoted(entry.text()), wrong));
        }
    }

    private void policyRoute(Part route) {
        var to = route.text("dst")
                .flatMap(text -> Prefixes.read(problems, new Entry(route.at("dst"), text), "192.0.2.0/24"));
        var gateway = route.text("gw").flatMap(Prefixes::address);
        if (route.text("gw").isPresent() && gateway.isEmpty()) {
            problems.refuse(
                    route.at("gw"),
                    SettingPhrases.NO_ADDRESS.with(Words.quoted(route.text("gw").get())));
        }
        if (to.isPresent()
                && gateway.isPresent()
                && to.get().network().family() != gateway.get().family()) {
            problems.refuse(route.at("gw"), SettingPhrases.GATEWAY_OF_OTHER_VERSION.with(gateway.get(), to.get()));
        }
    }
}
