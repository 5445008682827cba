package dev.underpass.report;

import dev.underpass.net.NetworkState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was read in one network namespace; a null section was not observed.
///
/// @param netnsIds by which number this namespace knows others: `{link-netnsid: Pod uid or "host"}`
/// @param filters its packet filter rules
/// @param resolvConf the Pod's `/etc/resolv.conf`
public record NamespaceReport(
        NetworkState network,
        Map<Integer, String> netnsIds,
        FilterReport filters,
        @Nullable List<VirtualServer> ipvs,
        @Nullable List<Listener> listeners,
        @Nullable String resolvConf) {

    public static final NamespaceReport NOT_OBSERVED =
            new NamespaceReport(NetworkState.NOT_OBSERVED, Map.of(), FilterReport.NOT_OBSERVED, null, null, null);

    public NamespaceReport {
        netnsIds = Map.copyOf(netnsIds);
        ipvs = ipvs == null ? null : List.copyOf(ipvs);
        listeners = listeners == null ? null : List.copyOf(listeners);
    }
}
