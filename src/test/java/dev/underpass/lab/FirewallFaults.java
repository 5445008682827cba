package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;

/// Faults of filter rules, in nodes and Pods.
final class FirewallFaults {

    private FirewallFaults() {}

    static Damage marksFlushed(Strike at) {
        return at.in(at.pod(LabPod::underlay), "%s -t mangle -F".formatted(Strike.iptables(at.family())));
    }

    static Damage forwardDrop(Strike at) {
        var family = at.family();
        return at.on(
                at.node(),
                "%s -I FORWARD %s -j %s"
                        .formatted(Strike.iptables(family), packets(at, family), at.any("DROP", "DROP", "REJECT")));
    }

    /// Which packets a rule on a node takes.
    private static String packets(Strike at, Family family) {
        var pod = at.pod();
        return at.any(
                "-s " + at.address(pod, family),
                "-d " + at.address(pod, family),
                "-i " + pod.hostDevice(),
                "-o " + pod.hostDevice(),
                "-i eth0",
                "-p tcp --dport 8080",
                "-p tcp --sport 8080",
                "-m conntrack --ctstate ESTABLISHED",
                "-m conntrack --ctstate INVALID",
                "-m conntrack --ctdir REPLY");
    }

    static Damage forwardPolicyDrop(Strike at) {
        return at.on(at.node(), "%s -P FORWARD DROP".formatted(Strike.iptables(at.family())));
    }

    static Damage forwardDropLegacy(Strike at) {
        var family = at.family();
        return at.on(
                at.node(), "%s-legacy -I FORWARD %s -j DROP".formatted(Strike.iptables(family), packets(at, family)));
    }

    static Damage forwardDropNft(Strike at) {
        var family = at.family();
        var match = at.any("%s saddr %s", "%s daddr %s")
                .formatted(family == Family.IPV4 ? "ip" : "ip6", at.address(at.pod(), family));
        return at.on(
                at.node(),
                ("nft 'add table inet guard; add chain inet guard forward"
                                + " { type filter hook forward priority -5; policy accept; };"
                                + " add rule inet guard forward %s %s'")
                        .formatted(
                                at.any(match, "tcp sport 8080", "ct state invalid", "ct direction reply"),
                                at.any("drop", "reject")));
    }

    static Damage outputDrop(Strike at) {
        var family = at.family();
        var rule = "%s -A OUTPUT -p tcp %s -j %s"
                .formatted(
                        Strike.iptables(family),
                        at.any("--dport 80", "--sport 8080", "--dport 8080", "--dport 9000"),
                        at.any("DROP", "REJECT"));
        return at.in(at.pod(), rule);
    }

    static Damage nodeOutputDrop(Strike at) {
        return at.on(at.node(), "%s -I OUTPUT -p tcp --sport 9000 -j DROP".formatted(Strike.iptables(at.family())));
    }

    static Damage inputDrop(Strike at) {
        var iptables = Strike.iptables(at.family());
        var target = at.any("DROP", "REJECT", "REJECT --reject-with tcp-reset");
        return at.random().nextBoolean()
                ? at.in(at.pod(), "%s -A INPUT -p tcp --dport 8080 -j %s".formatted(iptables, target))
                : at.on(at.node(), "%s -I INPUT -p tcp --dport 9000 -j %s".formatted(iptables, target));
    }

    static Damage rawDrop(Strike at) {
        var family = at.family();
        var pod = at.pod();
        return at.on(
                pod.node(),
                "%s -t raw -A PREROUTING -i %s -j DROP".formatted(Strike.iptables(family), pod.hostDevice()));
    }

    static Damage untracked(Strike at) {
        var pod = at.pod();
        return at.on(
                pod.node(),
                "%s -t raw -A PREROUTING -i %s -j CT --notrack"
                        .formatted(Strike.iptables(at.family()), at.any(pod.hostDevice(), "eth0")));
    }
}
