package dev.underpass.console.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CniCredentialsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"type":"calico","policy":{"k8s_auth_token":"x","type":"k8s"}} | {"type":"calico","policy":{"type":"k8s"}}
            {"type":"calico","etcd_key":"x"}                               | {"type":"calico"}
            {"type": "macvlan", "master": "eth0"}                          | {"type": "macvlan", "master": "eth0"}
            token: x                                                       | ~~
            """)
    void takesThemOutOfTheConfiguration(String text, String without) {
        var report = JsonMapper.builder().build().createObjectNode();
        report.putObject("host").putObject("cniConfig").put("10-net.conf", text);

        CniCredentials.removeFrom(report);

        assertThat(report.path("host").path("cniConfig").path("10-net.conf").asString("-"))
                .isEqualTo(without);
    }
}
