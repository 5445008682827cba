package dev.underpass.diagnosis.edit;

import dev.underpass.diagnosis.edit.Part.Entry;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import java.util.HashSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

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
            problems.warn(
                    settings.at("tunePodRoutes"),
                    "false leaves every NIC's default route in table main of a Pod with several NICs, and only one"
                            + " of them is used: answers of the others leave by the wrong NIC");
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
            case "disabled" ->
                problems.refuse(
                        entry.path(),
                        "'disabled' passes the CRD, but the coordinator plugin knows only 'disable' and fails every new"
                                + " Pod (unknown tuneMode: disabled): set enableCoordinator: false in the"
                                + " SpiderMultusConfigs");
            case "disable" ->
                problems.refuse(
                        entry.path(),
                        "'disable' is the plugin's word, which the CRD refuses: set enableCoordinator: false in the"
                                + " SpiderMultusConfigs, as 'disabled' fails every new Pod");
            default -> {}
        }
    }

    private void hijacked() {
        var seen = new HashSet<IpPrefix>();
        for (var entry : settings.texts("hijackCIDR")) {
            if (problems.tooMany(entry.path())) {
                return;
            }
            var host = Prefixes.address(entry.text());
            var prefix = host.isPresent()
                    ? host.map(address -> new IpPrefix(address, address.family().bits()))
                    : Prefixes.read(problems, entry, "169.254.0.0/16");
            prefix.ifPresent(each -> hijacked(entry, each, seen.add(each)));
        }
    }

    private void hijacked(Entry entry, IpPrefix prefix, boolean first) {
        if (!first) {
            problems.warn(entry.path(), "%s is listed twice".formatted(prefix));
        }
        if (prefix.length() == 0) {
            problems.warn(
                    entry.path(),
                    "%s sends all of the Pod's traffic to its node, not only that of Services".formatted(prefix));
        }
    }

    /// The tables that the kernel has for itself: `default`, `main` and `local`.
    private void table(long number) {
        if (number >= 253 && number <= 255) {
            problems.refuse(
                    settings.at("hostRuleTable"),
                    "%d is the kernel's table %s, whose routes Spiderpool would mix with the Pods': take a free one,"
                                    .formatted(number, number == 253 ? "default" : number == 254 ? "main" : "local")
                            + " such as 500");
        }
    }

    private void defaultRoute(Entry entry) {
        if (DeviceNames.check(problems, entry)
                && !USUAL_NIC.matcher(entry.text()).matches()) {
            problems.warn(
                    entry.path(),
                    "%s is neither eth0 nor net1, net2 …: a Pod without such a NIC fails to start"
                            .formatted(Words.quoted(entry.text())));
        }
    }

    private void reversePathFilter(long filter) {
        var field = settings.at("podRPFilter");
        if (filter < 0) {
            problems.warn(
                    field,
                    "%d leaves the Pod's rp_filter as the node sets it for new namespaces; write 0, 1 or 2 to be sure"
                            .formatted(filter));
        } else if (filter == 1) {
            problems.warn(
                    field,
                    "1 (strict) drops answers that come by another NIC than the route back: an overlay Pod on another"
                            + " node can no longer be reached (U30); 0 or 2 keeps it working");
        }
    }

    private void queueLength(long length) {
        problems.warn(
                settings.at("txQueueLen"),
                "Spiderpool v1.2.1 sets it on the node's device of the same name, not on the Pod's, and a second NIC"
                        + " then fails with 'Link not found': write 0 instead of %d".formatted(length));
    }

    private void macPrefix(Entry entry) {
        if (!MAC_PREFIX.matcher(entry.text()).matches()) {
            problems.refuse(
                    entry.path(),
                    "%s is no MAC prefix: write two bytes, such as 0a:1b".formatted(Words.quoted(entry.text())));
        } else if (Integer.parseInt(entry.text().substring(0, 2), 16) % 2 != 0) {
            problems.refuse(
                    entry.path(),
                    "%s begins a multicast address: the lowest bit of the first byte must be 0, as in 0a:1b"
                            .formatted(Words.quoted(entry.text())));
        }
    }

    private void mtu(long mtuBytes) {
        if (mtuBytes >= 68 && mtuBytes < LEAST_IPV6_MTU) {
            problems.warn(
                    settings.at("vethMTU"),
                    "%d is less than the 1280 bytes that IPv6 needs: the kernel turns IPv6 off on veth0"
                            .formatted(mtuBytes));
        }
    }

    private void linkAddress(Entry entry) {
        var address = Prefixes.address(entry.text());
        var wrong = address.isEmpty()
                ? "is no IP address"
                : address.get().family() == Family.IPV6
                        ? "is an IPv6 address"
                        : LINK_LOCAL.contains(address.get()) ? "" : "is not link-local, and every Pod would have it";
        if (!wrong.isEmpty()) {
            problems.refuse(
                    entry.path(),
                    "%s %s: write an IPv4 address of 169.254.0.0/16, such as 169.254.100.1"
                            .formatted(Words.quoted(entry.text()), wrong));
        }
    }

    private void policyRoute(Part route) {
        var to = route.text("dst")
                .flatMap(text -> Prefixes.read(problems, new Entry(route.at("dst"), text), "192.0.2.0/24"));
        var gateway = route.text("gw").flatMap(Prefixes::address);
        if (route.text("gw").isPresent() && gateway.isEmpty()) {
            problems.refuse(
                    route.at("gw"),
                    "%s is no IP address"
                            .formatted(Words.quoted(route.text("gw").get())));
        }
        if (to.isPresent()
                && gateway.isPresent()
                && to.get().network().family() != gateway.get().family()) {
            problems.refuse(
                    route.at("gw"),
                    "%s is no gateway to %s: both must be IPv4, or both IPv6".formatted(gateway.get(), to.get()));
        }
    }
}
