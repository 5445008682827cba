package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.Recordings;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.diagnosis.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTextTest {

    /// With ports that only a protocol, or only a name, tells apart.
    static final String SERVICES = """
            apiVersion: v1
            kind: Service
            metadata: {name: kube-dns, namespace: kube-system}
            spec:
              clusterIP: 10.233.0.10
              clusterIPs: [10.233.0.10]
              ports:
              - {name: dns, port: 53, protocol: UDP, targetPort: 53}
              - {name: dns-tcp, port: 53, protocol: TCP, targetPort: 53}
              - {name: metrics, port: 9153, protocol: TCP, targetPort: 9153}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: syslog, namespace: lab}
            spec: {clusterIP: 10.233.42.77, clusterIPs: [10.233.42.77], ports: [{port: 514, protocol: UDP}]}
            """;

    @TempDir
    private static Path folder;

    private static Analysis analysis = Analysis.of(Recordings.read("healthy"));

    @BeforeAll
    static void read() throws IOException, BundleException {
        Recordings.unpack("healthy", folder);
        Files.writeString(folder.resolve("healthy/resources/more.yaml"), SERVICES);
        analysis = Analysis.of(BundleReader.read(folder.resolve("healthy")));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            lab/web                        , lab/web 10.233.42.25:80
            lab/web:80                     , lab/web 10.233.42.25:80
            ' lab/web:80/TCP '             , lab/web 10.233.42.25:80
            svc:lab/web:80/tcp             , lab/web 10.233.42.25:80
            web                            , lab/web 10.233.42.25:80
            web:80                         , lab/web 10.233.42.25:80
            web.lab                        , lab/web 10.233.42.25:80
            web.lab.svc                    , lab/web 10.233.42.25:80
            web.lab.svc.cluster.local:80   , lab/web 10.233.42.25:80
            10.233.42.25                   , lab/web 10.233.42.25:80
            10.233.42.25:80                , lab/web 10.233.42.25:80
            10.233.42.25:81                , lab/web 10.233.42.25:81
            10.233.42.25:80/udp            , lab/web 10.233.42.25:80/udp
            kube-system/kube-dns           , kube-system/kube-dns 10.233.0.10:53/udp
            kube-system/kube-dns:53        , kube-system/kube-dns 10.233.0.10:53
            kube-system/kube-dns:53/udp    , kube-system/kube-dns 10.233.0.10:53/udp
            kube-system/kube-dns:dns       , kube-system/kube-dns 10.233.0.10:53/udp
            kube-dns.kube-system:dns-tcp   , kube-system/kube-dns 10.233.0.10:53
            10.233.0.10:53                 , kube-system/kube-dns 10.233.0.10:53
            10.233.0.10:53/udp             , kube-system/kube-dns 10.233.0.10:53/udp
            10.233.0.10:metrics            , kube-system/kube-dns 10.233.0.10:9153
            lab/syslog:514                 , lab/syslog 10.233.42.77:514/udp
            10.233.42.77:514               , lab/syslog 10.233.42.77:514/udp
            10.9.9.9:53/udp                , 10.9.9.9:53/udp
            10.9.9.9:53                    , 10.9.9.9:53
            [fd00::10]:53/udp              , [fd00::10]:53/udp
            [::ffff:10.233.42.25]:80       , lab/web 10.233.42.25:80
            """)
    void names(String text, String target) {
        var named = TargetText.parse("to", text).in(analysis, "lab").getFirst();

        assertThat(named).hasToString(target);
        assertThat(TargetText.parse("to", named.written()).in(analysis, "").getFirst())
                .isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lab/web:81           | Service lab/web has no port 81, only 80/tcp.
            lab/web:80/udp       | Service lab/web has no port 80/udp, only 80/tcp.
            lab/web:https        | Service lab/web has no port https, only 80/tcp.
            lab/syslog:514/tcp   | Service lab/syslog has no port 514/tcp, only 514/udp.
            lab/nothing          | There is no Service lab/nothing with a ClusterIP.
            example.com          | There is no Service com/example with a ClusterIP.
            10.9.9.9             | neither NAMESPACE/SERVICE[:PORT[/PROTOCOL]] nor ADDRESS:PORT[/PROTOCOL]: '10.9.9.9'
            fd00::10             | neither NAMESPACE/SERVICE[:PORT[/PROTOCOL]] nor ADDRESS:PORT[/PROTOCOL]: 'fd00::10'
            www.example.com      | neither NAMESPACE/SERVICE[:PORT[/PROTOCOL]] nor ADDRESS:PORT[/PROTOCOL]: 'www.example.com'
            10.9.9.9:http        | not a port: 'http'
            10.9.9.9:0           | not a port: '0'
            lab/web:65536        | not a port: '65536'
            lab/web:99999999999  | not a port: '99999999999'
            10.9.9.9:80/icmp     | not TCP, UDP or SCTP: 'icmp'
            [lab/web]:80         | not an IP address: 'lab/web'
            [fe80::1%eth0]:80    | not an IP address: 'fe80::1%eth0'
            """)
    void saysWhyATextNamesNone(String text, String why) {
        assertThatThrownBy(() -> TargetText.parse("to", text).in(analysis, "lab"))
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "::80",
                "lab/web:",
                "lab/web:80/",
                "lab/web:80/udp/x",
                "[]:80",
                "[:80",
                "a/b/c",
                "/",
                "lab/",
                "..",
                "web..svc",
                "lab/web:٨٠",
                "<script>"
            })
    void whatIsNoTargetIsRefused(String text) {
        assertThatThrownBy(() -> TargetText.parse("to", text).in(analysis, ""))
                .isInstanceOfAny(InvalidInputException.class, NotFoundException.class);
    }
}
