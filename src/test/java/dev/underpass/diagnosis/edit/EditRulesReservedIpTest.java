package dev.underpass.diagnosis.edit;

import static dev.underpass.diagnosis.edit.Edit.Operation.CREATE;
import static dev.underpass.diagnosis.edit.Edit.Operation.DELETE;
import static dev.underpass.diagnosis.edit.Edit.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditRulesReservedIpTest {

    private static final String KIND = "SpiderReservedIP";

    private static List<FieldProblem> create(String spec) {
        return EditRules.problems(Clusters.usual(), Clusters.edit(CREATE, KIND, "routers", spec));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ips: [192.0.2.1-192.0.2.3]}",
                "{ips: [192.0.2.1, 203.0.113.1], ipVersion: 4}",
                "{ips: ['2001:db8:6::1'], ipVersion: 6}",
            })
    void letsGoodReservationsPass(String spec) {
        assertThat(create(spec)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                        | spec.ips       | REFUSED | is empty: name at least one
            {ips: []}                                 | spec.ips       | REFUSED | is empty
            {ips: [192.0.2.1], subnet: 192.0.2.0/24}  | spec.subnet    | REFUSED | unknown field 'subnet'
            {ips: [192.0.2.0/28]}                     | spec.ips[0]    | REFUSED | write 192.0.2.0-192.0.2.15
            {ips: [192.0.2.9-192.0.2.1]}              | spec.ips[0]    | REFUSED | reversed
            {ips: [192.0.2.1, '2001:db8::1']}         | spec.ips[1]    | REFUSED | is not IPv4 like the others
            {ips: [192.0.2.1], ipVersion: 6}          | spec.ips[0]    | REFUSED | is not IPv6
            {ips: [192.0.2.1], ipVersion: 5}          | spec.ipVersion | REFUSED | 5 is no IP version
            {ips: [192.0.2.1-192.0.2.5, 192.0.2.5]}   | spec.ips[1]    | WARNING | 192.0.2.5 overlaps
            {ips: [192.0.2.69]}                       | spec.ips       | WARNING | reserved by SpiderReservedIP printers already
            {ips: [192.0.2.9-192.0.2.11]}             | spec.ips       | WARNING | reserves 192.0.2.11 of Pod web/mixed-1, 192.0.2.10 of Pod web/web-1
            {ips: [198.51.100.20]}                    | spec.ips       | WARNING | SpiderIPPool full-pool has no other addresses
            """)
    void findsWhatIsWrongWithAReservation(String spec, String field, Severity severity, String piece) {
        Expected.in(create(spec), field, severity, piece);
    }

    @Test
    void keepsItsIpVersion() {
        var edit = Clusters.edit(UPDATE, KIND, "printers", "{ips: ['2001:db8:6::5']}");

        Expected.in(
                EditRules.problems(Clusters.usual(), edit), "spec.ipVersion", Severity.REFUSED, "cannot be changed");
    }

    @Test
    void aDeletedOneMayFreeAddressesOfAPool() {
        var now = Clusters.of(Clusters.USUAL + """
                ---
                {kind: SpiderReservedIP, metadata: {name: inside}, spec: {ips: [192.0.2.20-192.0.2.25]}}
                """);

        var inside = EditRules.problems(now, Clusters.edit(DELETE, KIND, "inside", "{}"));

        Expected.in(inside, "-", Severity.WARNING, "could get 192.0.2.20 from SpiderIPPool v4-pool");
        assertThat(EditRules.problems(now, Clusters.edit(DELETE, KIND, "printers", "{}")))
                .isEmpty();
    }

    @Test
    void saysWhatCouldNotBeChecked() {
        var now = Clusters.usual().withUnobserved(Set.of(Known.ENDPOINTS, Known.POOLS, Known.RESERVED_IPS));

        var found = EditRules.problems(now, Clusters.edit(CREATE, KIND, "routers", "{ips: [192.0.2.10]}"));

        Expected.in(found, "spec.ips", Severity.WARNING, "not checked whether Pods have");
        Expected.in(found, "spec.ips", Severity.WARNING, "not checked whether a pool is left");
        Expected.in(found, "spec.ips", Severity.WARNING, "not checked whether they are reserved already");
    }
}
