package dev.underpass.coordinator;

import dev.underpass.net.IpAddress.Family;
import dev.underpass.report.FilterReport;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules by which an underlay Pod marks what comes in by its leg, in the notation of `iptables-save`.
final class Marking {

    static final List<String> RULES = List.of(
            "-A PREROUTING -i veth0 -m conntrack --ctstate NEW -j MARK --set-xmark 0x1/0xffffffff",
            "-A PREROUTING -m mark --mark 0x1 -j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff",
            "-A OUTPUT -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff");

    private static final String CHAINS = """
            *mangle
            :PREROUTING ACCEPT [0:0]
            :INPUT ACCEPT [0:0]
            :FORWARD ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            """;

    private Marking() {}

    /// The filters with the marking in these families, and without it in others.
    static FilterReport in(FilterReport filters, Set<Family> families) {
        return new FilterReport(
                text(filters.iptables(), families.contains(Family.IPV4)),
                text(filters.ip6tables(), families.contains(Family.IPV6)),
                filters.iptablesLegacy(),
                filters.ip6tablesLegacy(),
                filters.nftables(),
                filters.ipsets());
    }

    private static @Nullable String text(@Nullable String saved, boolean marked) {
        if (saved == null) {
            return null;
        }
        boolean whole = saved.lines().filter(Marking::isMarking).count() >= RULES.size();
        if (marked && whole) {
            return saved;
        }
        var others = saved.lines().filter(line -> !isMarking(line)).collect(Collectors.joining("\n", "", "\n"));
        if (!marked) {
            return others.isBlank() ? "" : others;
        }
        if (others.lines().anyMatch("*mangle"::equals)) {
            throw new Unpredictable(Phrases.STRANGE_MANGLE.with());
        }
        return others + CHAINS + String.join("\n", RULES) + "\nCOMMIT\n";
    }

    private static boolean isMarking(String line) {
        return RULES.stream().anyMatch(rule -> rule.equals(line) || (line + MASKS).equals(rule));
    }

    /// Some versions of `iptables-save` leave whole masks out.
    private static final String MASKS = " --nfmask 0xffffffff --ctmask 0xffffffff";
}
