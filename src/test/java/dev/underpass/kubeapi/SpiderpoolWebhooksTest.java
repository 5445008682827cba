package dev.underpass.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Spiderpool refuses although its CRDs allow it.
class SpiderpoolWebhooksTest {

    private final FakeKubeApi api = new FakeKubeApi();

    @BeforeEach
    void start() {
        api.start();
        api.admitBy(new SpiderpoolWebhooks(api));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private KubeCalls.Reply patch(String resource, String name, String spec) {
        return api.calls(KubeApi.CONSOLE)
                .patch(Objects.path(resource, name), "merge-patch+json", "{\"spec\":%s}".formatted(spec));
    }

    private void coordinator() {
        api.create("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderCoordinator
                metadata: {name: default}
                spec: {podCIDRType: auto}
                """);
    }

    private void pool() {
        api.create("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderIPPool
                metadata: {name: v4-pool}
                spec: {subnet: 10.6.0.0/16, ips: [10.6.212.200-10.6.212.250], gateway: 10.6.0.1}
                status: {allocatedIPs: '{"10.6.212.241":{"interface":"eth0","pod":"lab/u1","podUid":"x"}}'}
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"hijackCIDR":["not-a-cidr"]} | spec.extraCIDR[0]: Invalid value: "not-a-cidr": invalid CIDR format 'not-a-cidr'
            {"podMACPrefix":"0b:1b"}      | spec.podMACPrefix: Invalid value: "0b:1b": not a unicast MAC: the lowest bit of the first byte must be 0
            {"podMACPrefix":"0a1b"}       | spec.podMACPrefix: Invalid value: "0a1b": not a valid MAC prefix
            {"podRPFilter":77}            | spec.podRPFilter: Unsupported value: 77: supported values: "0", "1", "2"
            {"txQueueLen":-1}             | spec.txQueueLen: Invalid value: -1: txQueueLen can't be less than 0
            {"vethLinkAddress":"x"}       | spec.vethLinkAddress: Invalid value: "x": vethLinkAddress is an invalid IP address
            {"podCIDRType":null}          | spec.podCIDRType: Unsupported value: "": supported values: "auto", "cluster", "calico", "cilium", "none"
            """)
    void refusesCoordinatorSettings(String spec, String message) {
        coordinator();

        var reply = patch("spidercoordinators", "default", spec);

        assertThat(reply.code()).isEqualTo(422);
        assertThat(reply.text("reason")).isEqualTo("Invalid");
        assertThat(reply.text("message"))
                .isEqualTo("admission webhook \"spidercoordinator.spiderpool.spidernet.io\" denied the request: "
                        + "SpiderCoordinator.spiderpool.spidernet.io \"default\" is invalid: " + message);
        assertThat(reply.body().path("details").path("causes")).hasSize(1);
    }

    @Test
    void theSchemaSpeaksFirst() {
        coordinator();

        var reply = patch("spidercoordinators", "default", "{\"mode\":\"disable\",\"podRPFilter\":77}");

        assertThat(reply.text("message")).contains("spec.mode").doesNotContain("webhook");
    }

    @Test
    void aBareAddressToHijackBecomesAPrefix() {
        coordinator();

        var reply = patch("spidercoordinators", "default", "{\"hijackCIDR\":[\"169.254.20.10\",\"fd00::10\"]}");

        assertThat(Json.texts(reply.body().path("spec").path("hijackCIDR")))
                .containsExactly("169.254.20.10/32", "fd00::10/128");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"subnet":"10.7.0.0/16"}        | spec.subnet: Forbidden: is not changeable
            {"ips":["10.7.0.1"]}            | spec.ips[0]: Invalid value: "10.7.0.1": not pertains to the 'spec.subnet' 10.6.0.0/16 of IPPool
            {"ips":["10.6.0.9-10.6.0.1"]}   | spec.ips[0]: Invalid value: "10.6.0.9-10.6.0.1": invalid IP range format in IPv4 '10.6.0.9-10.6.0.1'
            {"gateway":"fd00::1"}           | spec.gateway: Invalid value: "fd00::1": invalid IP format in IPv4 'fd00::1'
            {"gateway":"10.6.212.200"}      | spec.ips[0]: Invalid value: "10.6.212.200-10.6.212.250": conflicts with 'spec.gateway' 10.6.212.200, add the gateway IP address to 'spec.excludeIPs' or remove it from 'spec.ips'
            {"routes":[{"dst":"0.0.0.0/0","gw":"10.6.0.2"}]} | spec.routes[0].dst: Invalid value: "0.0.0.0/0": please specify 'spec.gateway' to configure the default route
            {"excludeIPs":["10.6.212.241"]} | spec.ips: Forbidden: remove an IP address 10.6.212.241 that is being used by Pod lab/u1, total IP addresses of an IPPool are jointly determined by 'spec.ips' and 'spec.excludeIPs'
            """)
    void refusesPools(String spec, String message) {
        pool();

        assertThat(patch("spiderippools", "v4-pool", spec).text("message"))
                .isEqualTo("admission webhook \"spiderippool.spiderpool.spidernet.io\" denied the request: "
                        + "SpiderIPPool.spiderpool.spidernet.io \"v4-pool\" is invalid: " + message);
    }

    @Test
    void refusesAPoolWhoseAddressesAnotherHas() {
        pool();

        var reply = api.calls(KubeApi.CONSOLE).post(ReadingContract.POOLS, Json.parse("""
                        apiVersion: spiderpool.spidernet.io/v2beta1
                        kind: SpiderIPPool
                        metadata: {name: second}
                        spec: {subnet: 10.6.0.0/16, ips: [10.6.212.250]}
                        """));

        assertThat(reply.text("message")).contains("spec.ips: Forbidden: overlap with IPPool v4-pool");
        assertThat(api.find("spiderippools", "second")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {cniType: macvlan}                                                 | spec.macvlanConfig: Required value: no spec.macvlanConfig specified
            {cniType: macvlan, macvlan: {master: [a, b]}}                      | the bond property is nil with multiple Interfaces
            {cniType: macvlan, macvlan: {master: [a]}, ipvlan: {master: [a]}}  | spec.cniType: Forbidden: the cniType macvlan only supports spec.macvlanConfig, please remove other CNI configs
            {cniType: custom, customCNI: '{'}                                  | spec.customCniTypeConfig: Forbidden: customCniConfig isn't a valid JSON encoding
            {cniType: custom, coordinator: {podRPFilter: 3}}                   | spec.podRPFilter: Unsupported value: 3
            """)
    void refusesMultusConfigs(String spec, String message) {
        var object = Json.parse("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderMultusConfig
                metadata: {name: conf}
                spec: %s
                """.formatted(spec));

        var reply = api.calls(KubeApi.CONSOLE)
                .post(Objects.collection(ResourceTypes.named("spidermultusconfigs"), "kube-system"), object);

        assertThat(reply.code()).isEqualTo(422);
        assertThat(reply.text("message")).contains(message);
    }
}
