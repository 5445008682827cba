package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.diagnosis.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every recorded fault is named with its code, its Pod or node, and the line that proves it.
class RecordedFindingsTest {

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            cidr-none            | U11 | lab/u1  | default via 10.6.0.1 dev eth0
            forward-drop         | U53 | node1   | -A FORWARD -s 10.6.212.241/32 -j DROP
            forward-policy-drop  | U53 | node1   | :FORWARD DROP
            hijack-route-deleted | U22 | lab/u1  | 10.233.0.0/18 via 10.6.212.101 dev veth0
            host-neigh-wrong     | U26 | lab/u1  | lladdr 02:de:ad:be:ef:02 PERMANENT
            ip-forward-0         | U51 | node1   | net.ipv4.ip_forward = 0
            overlay-default-net1 | U17 | lab/o1  | default via 10.6.0.1 dev net1
            pod-neigh-wrong      | U25 | lab/u20 | lladdr 02:de:ad:be:ef:01 PERMANENT
            pod-rp-filter        | U30 | lab/u1  | net.ipv4.conf.all.rp_filter = 1
            policy-rule-elsewhere| U21 | lab/u20 | 500: from all to 10.233.0.0/18 lookup 200
            same-subnet          | U66 | lab/u1  | -j DNAT --to-destination
            nftables-same-subnet | U66 | lab/u1  | dnat to
            service-cidr-added   | U05 | lab/u1  | 10.233.0.0/19 via 10.6.212.101 dev veth0
            shadow-route         | U18 | lab/u1  | 10.233.42.24/30 via 10.6.0.1 dev eth0
            stale-service-cidr   | U10 | lab/u1  | 10.96.0.0/12 via 10.6.212.101 dev veth0
            svc-chain-flushed    | U58 | node1   | 10.233.42.27
            table-500-flushed    | U49 | lab/u1  | 10.6.212.241 dev vethbb
            unreachable-route    | U18 | lab/u1  | unreachable 10.233.42.26/31
            veth0-deleted        | U24 | lab/u1  | veth0
            healthy              | U54 | node1   | --ctstate INVALID
            healthy              | U73 | lab/noep | has no endpoints
            healthy              | U74 | lab/local-n2 | has no local endpoints
            """)
    void namesTheFault(String recording, String code, String where, String line) {
        var finding = Analysis.of(Recordings.read(recording)).findings().stream()
                .filter(each -> each.code().equals(code))
                .findFirst();

        assertThat(finding).as("finding " + code).isPresent();
        assertThat(finding.orElseThrow().evidence())
                .anySatisfy(text -> assertThat(text.toString()).contains(line));
        assertThat(finding.orElseThrow().affected().toString()).contains(where);
    }

    @ParameterizedTest
    @CsvSource({
        "stale-service-cidr, U10, CRITICAL",
        "random-dual-stack-1014, U20, WARNING",
        "random-healthy-1000, U27, WARNING",
        "healthy, U54, INFO"
    })
    void whatOnlyWarnsIsCriticalWhereConnectionsFailByIt(String recording, String code, Severity severity) {
        assertThat(Analysis.of(Recordings.read(recording)).findings())
                .filteredOn(finding -> finding.code().equals(code))
                .extracting(Finding::severity)
                .containsExactly(severity);
    }

    @Test
    void namesSysctlsInTheOrderOfTheirNames() {
        var finding = Analysis.of(Recordings.read("pod-rp-filter")).findings().stream()
                .filter(each -> each.code().equals("U30"))
                .findFirst()
                .orElseThrow();

        var sysctls = finding.evidence().stream()
                .map(Object::toString)
                .filter(line -> line.startsWith("net.ipv4.conf."))
                .toList();
        assertThat(sysctls).hasSizeGreaterThan(2).isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy-be-liberal", "healthy-nftables"})
    void findsNothingOnPodsThatHaveNothingWrong(String recording) {
        var faults = Analysis.of(Recordings.read(recording)).findings().stream()
                .filter(finding -> !finding.affected().pods().isEmpty())
                .filter(finding -> finding.kind() == Finding.Kind.FAULT)
                .toList();

        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "healthy",
                "healthy-be-liberal",
                "healthy-nftables",
                "masquerade-all",
                "same-subnet",
                "dual-stack",
                "dual-stack-nftables",
                "nftables-same-subnet",
                "nodelocal-and-options",
                "same-subnet-masquerade-all"
            })
    void seesNoDriftWhereNothingWasChanged(String recording) {
        var drift = Analysis.of(Recordings.read(recording)).pods().stream()
                .flatMap(pod -> pod.drift().stream())
                .toList();

        assertThat(drift).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hijack-route-deleted", "veth0-deleted", "shadow-route"})
    void blamesOnlyThePodThatWasBroken(String recording) {
        var broken = Analysis.of(Recordings.read(recording)).findings().stream()
                .filter(finding -> finding.kind() == Finding.Kind.FAULT)
                .flatMap(finding -> finding.affected().pods().stream())
                .map(Object::toString)
                .distinct()
                .toList();

        assertThat(broken).containsExactly("lab/u1");
    }
}
