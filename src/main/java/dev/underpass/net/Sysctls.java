package dev.underpass.net;

import dev.underpass.words.Sentence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kernel parameters of one namespace, each combined from `all` and the device as `include/linux/inetdevice.h`
/// does.
public final class Sysctls {

    private final @Nullable Map<String, String> values;

    Sysctls(@Nullable Map<String, String> values) {
        this.values = values;
    }

    /// The parameter as reported.
    ///
    /// @throws NotObservedException if it was not
    public int value(String key) {
        var text = text(key);
        if (text == null) {
            throw new NotObservedException(Sentence.line("sysctl " + key));
        }
        return number(key, text);
    }

    /// The parameter, or the kernel's default where reports leave it out.
    public int value(String key, int byDefault) {
        var text = text(key);
        return text == null ? byDefault : number(key, text);
    }

    private @Nullable String text(String key) {
        if (values == null) {
            throw new NotObservedException(Sentence.line("sysctls"));
        }
        return values.get(key);
    }

    private static int number(String key, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException _) {
            throw new NotObservedException(Phrases.NO_NUMBER.with(key, text));
        }
    }

    /// `net.ipv4.conf.DEVICE.NAME`.
    static String key(String family, DeviceName device, String name) {
        return "net." + family + ".conf." + device.value().replace('.', '/') + "." + name;
    }

    /// max(all, device): how rp_filter, arp_ignore and arp_announce combine.
    public int rpFilter(DeviceName device) {
        return Math.max(value("net.ipv4.conf.all.rp_filter"), value(key("ipv4", device, "rp_filter")));
    }

    /// The value of `name` for the device alone.
    public boolean forwarding(DeviceName device) {
        return value(key("ipv4", device, "forwarding")) != 0;
    }

    /// IPv6 forwards by `all`; newer kernels also by a device's `force_forwarding`.
    public boolean forwarding6(DeviceName device) {
        return value("net.ipv6.conf.all.forwarding") != 0 || value(key("ipv6", device, "force_forwarding"), 0) != 0;
    }

    public boolean proxyArp(DeviceName device) {
        return value("net.ipv4.conf.all.proxy_arp") != 0 || value(key("ipv4", device, "proxy_arp")) != 0;
    }

    /// all OR device, 0 where not reported: accept_local, src_valid_mark, route_localnet, arp_filter.
    boolean either(DeviceName device, String name) {
        return value("net.ipv4.conf.all." + name, 0) != 0 || value(key("ipv4", device, name), 0) != 0;
    }

    /// max(all, device), 0 where not reported.
    int larger(DeviceName device, String name) {
        return Math.max(value("net.ipv4.conf.all." + name, 0), value(key("ipv4", device, name), 0));
    }

    public boolean acceptLocal(DeviceName device) {
        return either(device, "accept_local");
    }

    public boolean sourceValidMark(DeviceName device) {
        return either(device, "src_valid_mark");
    }

    public boolean routeLocalnet(DeviceName device) {
        return either(device, "route_localnet");
    }

    public boolean arpFilter(DeviceName device) {
        return either(device, "arp_filter");
    }

    public int arpIgnore(DeviceName device) {
        return larger(device, "arp_ignore");
    }

    public int arpAnnounce(DeviceName device) {
        return larger(device, "arp_announce");
    }

    /// Whether routes through the device are left out while it has no carrier.
    public boolean ignoresRoutesWithLinkDown(DeviceName device, IpAddress.Family family) {
        var name = family == IpAddress.Family.IPV4 ? "ipv4" : "ipv6";
        return value(key(name, device, "ignore_routes_with_linkdown"), 0) != 0;
    }
}
