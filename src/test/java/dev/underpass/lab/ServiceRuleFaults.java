package dev.underpass.lab;

import dev.underpass.lab.LabSpec.ProxyMode;
import dev.underpass.net.IpAddress.Family;

/// Faults of kube-proxy's rules.
final class ServiceRuleFaults {

    private ServiceRuleFaults() {}

    private static boolean nft(Strike at) {
        return at.lab().spec().proxyMode() == ProxyMode.NFTABLES;
    }

    private static String table(Family family) {
        return (family == Family.IPV4 ? "ip" : "ip6") + " kube-proxy";
    }

    private static Damage of(Strike at, LabNode node, Family family, String iptables, String nft) {
        return nft(at)
                ? at.on(node, "nft '%s'".formatted(nft.replace("TABLE", table(family))))
                : at.on(node, "%s -t nat %s".formatted(Strike.iptables(family), iptables));
    }

    static Damage serviceChainEmptied(Strike at) {
        var node = at.node();
        var service = at.serviceOn(node);
        return of(
                at,
                node,
                at.family(),
                "-F " + ServiceChains.iptablesService(service),
                "flush chain TABLE " + ServiceChains.nftService(service));
    }

    static Damage endpointChainEmptied(Strike at) {
        var node = at.node();
        var family = at.family();
        var service = nft(at) ? sticky() : at.serviceOn(node);
        var backend = at.any(service.backends(node));
        return of(
                at,
                node,
                family,
                "-F " + ServiceChains.iptablesEndpoint(service, backend, family),
                "flush chain TABLE endpoint-" + ServiceChains.nftEndpoint(service, backend, family));
    }

    private static LabService sticky() {
        return Layout.SERVICES.stream().filter(LabService::sticky).findFirst().orElseThrow();
    }

    /// The rules send to an address that no Pod has any more.
    static Damage serviceChainStale(Strike at) {
        var node = at.node();
        var family = at.family();
        var service = at.serviceOn(node);
        var backend = at.any(service.backends(node));
        var gone = family == Family.IPV4
                ? at.any("10.233.84.199", "10.233.74.99", "10.6.212.199")
                : at.any("fd00:10:233:64::2:199", "fd00:10:233:64::1:99", "fd00:10:6::199");
        var to = family == Family.IPV4 ? gone : "[" + gone + "]";
        var endpoint = ServiceChains.iptablesEndpoint(service, backend, family);
        var chain = ServiceChains.nftService(service);
        return of(
                at,
                node,
                family,
                "-F %s\n%s -t nat -A %s -p tcp -m tcp -j DNAT --to-destination %s:8080"
                        .formatted(endpoint, Strike.iptables(family), endpoint, to),
                "flush chain TABLE %s; add rule TABLE %s meta l4proto tcp dnat to %s:8080".formatted(chain, chain, to));
    }

    static Damage servicePortalMissing(Strike at) {
        var node = at.node();
        var family = at.family();
        var service = at.serviceOn(node);
        var address = service.clusterIps().of(family);
        var match = "-d %s -p tcp -m comment --comment \"%s cluster IP\" -m tcp --dport 80 -j %s"
                .formatted(
                        service.clusterIps().host(family), service.portName(), ServiceChains.iptablesService(service));
        return of(
                at,
                node,
                family,
                "-D KUBE-SERVICES " + match,
                "delete element TABLE service-ips { %s . tcp . 80 }".formatted(address));
    }

    static Damage serviceRulesGone(Strike at) {
        return of(at, at.node(), at.family(), "-F KUBE-SERVICES", "delete table TABLE");
    }

    static Damage masqueradeMissing(Strike at) {
        var chain = at.any("KUBE-POSTROUTING", "KUBE-MARK-MASQ");
        return of(at, at.node(), at.family(), "-F " + chain, "flush chain TABLE masquerading");
    }
}
