package dev.underpass.net;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which of its addresses a namespace sends from, where neither the socket nor the route says.
final class SourceSelection {

    private final List<InterfaceAddress> addresses;
    private final Sysctls sysctls;

    /// @param addresses in the kernel's order, device by device
    SourceSelection(List<InterfaceAddress> addresses, Sysctls sysctls) {
        this.addresses = addresses;
        this.sysctls = sysctls;
    }

    /// The IPv4 choice (`inet_select_addr`): the device's first address in the next hop's subnet, else its first one
    /// of sufficient scope, else one that another device lends.
    Optional<IpAddress> select(DeviceName device, @Nullable IpAddress nextHop, Scope scope) {
        int localnet = sysctls.routeLocalnet(device) ? Scope.LINK.value() : Scope.HOST.value();
        var own = addresses.stream()
                .filter(address -> address.device().equals(device) && isPrimary(address))
                .filter(address -> Math.min(address.scope().value(), localnet) <= scope.value())
                .toList();
        return own.stream()
                .filter(address -> nextHop == null || address.subnet().contains(nextHop))
                .findFirst()
                .or(() -> own.stream().findFirst())
                .or(() -> borrowed(scope))
                .map(InterfaceAddress::local);
    }

    private Optional<InterfaceAddress> borrowed(Scope scope) {
        return addresses.stream()
                .filter(SourceSelection::isPrimary)
                .filter(address ->
                        !address.scope().equals(Scope.LINK) && address.scope().compareTo(scope) <= 0)
                .findFirst();
    }

    private static boolean isPrimary(InterfaceAddress address) {
        return address.family() == IpAddress.Family.IPV4 && !address.secondary();
    }

    /// The IPv6 choice by RFC 6724, section 5, as `ipv6_dev_get_saddr` applies it.
    ///
    /// @param device what packets leave by; absent where no route says
    Optional<IpAddress> select6(@Nullable DeviceName device, IpAddress destination) {
        boolean onLink = scope6(destination) <= LINK_SCOPE;
        return addresses.stream()
                .filter(address -> address.family() == IpAddress.Family.IPV6 && !address.unusable())
                .filter(address -> !onLink || device == null || address.device().equals(device))
                .max(preference(device, destination))
                .map(InterfaceAddress::local);
    }

    /// `Stream.max` keeps the last of equals; the index makes the first one win, as in the kernel.
    private Comparator<InterfaceAddress> preference(@Nullable DeviceName device, IpAddress destination) {
        return Comparator.<InterfaceAddress, Boolean>comparing(a -> a.local().equals(destination))
                .thenComparingInt(a -> scopeScore(scope6(a.local()), scope6(destination)))
                .thenComparing(a -> !a.flags().contains("deprecated"))
                .thenComparing(a -> a.device().equals(device))
                .thenComparing(a -> label(a.local()) == label(destination))
                .thenComparingInt(a ->
                        Math.min(commonBits(a.local(), destination), a.subnet().length()))
                .thenComparing(Comparator.comparingInt(addresses::indexOf).reversed());
    }

    private static final int LINK_SCOPE = 2;

    private static int scopeScore(int candidate, int wanted) {
        return candidate >= wanted ? -candidate : candidate - 128;
    }

    private static int scope6(IpAddress address) {
        if (address.equals(LOOPBACK) || LINK_LOCAL.contains(address)) {
            return LINK_SCOPE;
        }
        return 14;
    }

    private static final IpAddress LOOPBACK = IpAddress.parse("::1");
    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/10");

    /// The kernel's default label table; the longest prefix first.
    private static final List<Label> LABELS = List.of(
            new Label(IpPrefix.parse("::1/128"), 0),
            new Label(IpPrefix.parse("::/96"), 3),
            new Label(IpPrefix.parse("2001::/32"), 6),
            new Label(IpPrefix.parse("2002::/16"), 2),
            new Label(IpPrefix.parse("fec0::/10"), 11),
            new Label(IpPrefix.parse("fc00::/7"), 5),
            new Label(IpPrefix.parse("::/0"), 1));

    private record Label(IpPrefix prefix, int value) {}

    private static int label(IpAddress address) {
        return LABELS.stream()
                .filter(label -> label.prefix().contains(address))
                .findFirst()
                .map(Label::value)
                .orElse(1);
    }

    private static int commonBits(IpAddress a, IpAddress b) {
        int high = Long.numberOfLeadingZeros(a.high() ^ b.high());
        return high < Long.SIZE ? high : high + Long.numberOfLeadingZeros(a.low() ^ b.low());
    }
}
