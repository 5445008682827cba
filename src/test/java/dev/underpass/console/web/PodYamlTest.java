package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.Fabric;
import dev.underpass.cluster.Pod;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A Pod's object as the tab shows it.
class PodYamlTest {

    private static final String OBJECT = """
            apiVersion: v1
            kind: Pod
            metadata:
              namespace: shop
              name: web-0
              uid: 6f1e
              creationTimestamp: 2026-11-23T08:00:00Z
              labels: {app: web, component: kube-proxy}
              annotations:
                v1.multus-cni.io/default-network: kube-system/macvlan
                kubectl.kubernetes.io/last-applied-configuration: '{"env": "s3cret"}'
                vault.example/token: s3cret
              managedFields: [{manager: helm, fieldsV1: {"f:spec": {}}}]
            spec:
              nodeName: n-12
              hostNetwork: true
              volumes: [{name: v, secret: {secretName: s3cret}}]
              containers:
                - name: web
                  image: registry/web
                  command: [kube-proxy, --cluster-cidr=10.233.64.0/18, --token=s3cret]
                  env: [{name: PASSWORD, value: s3cret}]
                  ports: [{name: http, containerPort: 8080}]
            status:
              phase: Running
              podIPs: [{ip: 10.6.212.241}, {ip: 'fd00::1'}]
              conditions: [{type: Ready, status: "True"}]
            """;

    private static Pod pod() throws ReportFormatException {
        var objects = new ClusterObjects();
        objects.read(Fields.of(new YAMLMapper().readTree(OBJECT), ""));
        return objects.snapshot("c", Instant.EPOCH, "", Fabric.ASSUMED).pods().getFirst();
    }

    @Test
    void showsWhatTellsOfTheNetwork() throws ReportFormatException {
        var shown = new YAMLMapper().readTree(PodYaml.of(pod()).text());

        assertThat(shown.at("/metadata/name").asString()).isEqualTo("web-0");
        assertThat(shown.at("/metadata/labels/app").asString()).isEqualTo("web");
        assertThat(shown.at("/metadata/annotations").size()).isEqualTo(1);
        assertThat(shown.at("/spec/nodeName").asString()).isEqualTo("n-12");
        assertThat(shown.at("/spec/hostNetwork").asBoolean()).isTrue();
        assertThat(shown.at("/spec/containers/0/ports/0/containerPort").asInt()).isEqualTo(8080);
        assertThat(shown.at("/spec/containers/0/command/0").asString()).isEqualTo("--cluster-cidr=10.233.64.0/18");
        assertThat(shown.at("/status/podIPs/1/ip").asString()).isEqualTo("fd00::1");
        assertThat(shown.at("/status/conditions/0/status").asString()).isEqualTo("True");
    }

    @Test
    void showsNoSecretsAndNoManagedFields() throws ReportFormatException {
        var shown = PodYaml.of(pod());

        assertThat(shown.text()).doesNotContain("s3cret", "managedFields", "env", "volumes", "last-applied");
        assertThat(shown.hidden()).isEqualTo(2);
    }
}
