package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.LinkedMultiValueMap;

/// The wizard over a recorded dual-stack cluster whose Pod `u3` is on the underlay and `b1` is not.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class WizardTest {

    private static final String PATH = "/networks/access";
    private static final String NEW =
            PATH + "?step=result&ns=lab&workload=b1&network=new&netns=kube-system&netname=fresh"
                    + "&cni=macvlan&master=eth0";
    private static final String NEW_POOL =
            "&pool4=new&name4=fresh&subnet4=10.6.0.0/16&gateway4=10.6.0.1&ips4=10.6.213.1-10.6.213.9";
    private static final String NEW_POOL6 =
            "&pool6=new&name6=fresh6&subnet6=fd00:10:6::/64&gateway6=fd00:10:6::1&ips6=fd00:10:6::5000-fd00:10:6::5009";

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("dual-stack"));
    }

    private String html(String path) {
        var page = Clients.page(port, path);
        return page.substring(page.indexOf("<main"), page.indexOf("</main>"));
    }

    private String text(String path) {
        return html(path)
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .replace("&#39;", "'")
                .replace("&quot;", "\"");
    }

    @Test
    void producesNetworkPoolsAnnotationsAndTheRestartListForTheUnderlay() {
        var text = text(NEW + "&mode=underlay" + NEW_POOL + NEW_POOL6);

        assertThat(text)
                .contains(
                        "kind: SpiderIPPool metadata: name: fresh spec: subnet: 10.6.0.0/16 ips: - 10.6.213.1-10.6.213.9"
                                + " gateway: 10.6.0.1")
                .contains("kind: SpiderMultusConfig metadata: namespace: kube-system name: fresh spec: cniType: macvlan"
                        + " macvlan: master: - eth0 enableCoordinator: true")
                .contains("v1.multus-cni.io/default-network: 'kube-system/fresh'")
                .contains("[{\"interface\":\"eth0\",\"ipv4\":[\"fresh\"],\"ipv6\":[\"fresh6\"]}]")
                .contains("A Pod is not patched in place")
                .contains("delete Pod lab/b1 and create it with the annotations")
                .contains("One Pod")
                .contains("One pair gained lab/b1 → lab/under-n2")
                .contains("Not told: connections to lab/")
                .doesNotContain("??");
    }

    @Test
    void producesTheAnnotationsOfASecondNic() {
        var text = text(PATH + "?step=result&ns=lab&workload=b1&network=kube-system/macvlan-conf&mode=overlay"
                + NEW_POOL + NEW_POOL6);

        assertThat(text)
                .contains("k8s.v1.cni.cncf.io/networks: 'kube-system/macvlan-conf'")
                .contains("'[{\"interface\":\"net1\",\"ipv4\":[\"fresh\"],\"ipv6\":[\"fresh6\"]}]'")
                .contains("No pair lost")
                .contains("+ pod: rule 32765: from 10.6.213.1 lookup 101")
                .doesNotContain("default-network")
                .doesNotContain("kind: SpiderMultusConfig");
    }

    @Test
    void whatCannotBeToldIsUndetermined() {
        var text = text(PATH + "?step=result&ns=lab&workload=b1&network=kube-system/macvlan-conf&mode=overlay&pool6="
                + NEW_POOL);

        assertThat(text)
                .contains("Services have IPv6 addresses as well")
                .contains("? Undetermined a NIC with addresses of [IPV4] beside an overlay NIC with")
                .contains("No pair gained");
    }

    @Test
    void aNewWorkloadGetsTheObjectsAndNoPrediction() {
        var text = text(NEW.replace("workload=b1", "workload=web") + "&replicas=3&mode=underlay" + NEW_POOL);

        assertThat(text)
                .contains("No Pod of lab/web is known")
                .contains("No Pod is there yet")
                .contains("v1.multus-cni.io/default-network: 'kube-system/fresh'")
                .doesNotContain("What changes for these Pods");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ?step=mode                                                   | Which workload | Type it
            ?step=mode&ns=lab                                            | Which workload | Choose one
            ?step=mode&ns=LAB&workload=b1                                | Which workload | LAB is no name of RFC 1123
            ?step=mode&ns=lab&workload=b1&network=lab/none               | Which workload | There is no NetworkAttachmentDefinition lab/none.
            ?step=mode&ns=lab&workload=b1&network=new                    | Which workload | is no name: write lower-case letters
            ?step=mode&ns=lab&workload=b1&network=new&netname=x&master=eth7 | Which workload | no device eth7 on nodes
            ?step=mode&ns=lab&workload=b1&network=new&netname=x&master=eth0&vlan=5000 | Which workload | 5000
            ?step=mode&ns=lab&workload=web&replicas=0&network=new        | Which workload | 0 is no number from 1
            ?step=mode&ns=lab&workload=b1&network=new&netname=x&cni=ovs  | Which workload | ovs is none of macvlan
            ?step=mode&ns=lab&workload=b1&network=kube-system/macvlan-conf | By the overlay NIC | In effect: auto
            ?step=addresses&ns=lab&workload=b1&network=kube-system/macvlan-conf | By the overlay NIC | Choose one
            ?step=addresses&ns=lab&workload=b1&network=kube-system/macvlan-conf&mode=both | By the overlay NIC | both is neither
            ?step=result&ns=lab&workload=b1&network=kube-system/macvlan-conf&mode=overlay&pool4=&pool6= | Which addresses | Choose one
            ?step=result&ns=lab&workload=b1&network=lab/none&mode=overlay&pool4=no | Which workload | lab/none
            ?step=result&ns=lab&workload=b1&network=kube-system/macvlan-conf&mode=overlay&pool4=no | Which addresses | There is no SpiderIPPool no.
            ?step=result&ns=lab&workload=b1&network=kube-system/macvlan-conf&mode=overlay&pool4=new&name4=n&subnet4=x&ips4=y | Which addresses | spec.ips
            ?step=result&ns=lab&workload=b1&network=kube-system/macvlan-conf&mode=overlay&pool4=new&name4=n&subnet4=fd00:9::/64&ips4=fd00:9::1 | Which addresses | fd00:9::/64 is no IPv4 subnet
            ?step=result&ns=lab&workload=web&replicas=12&network=kube-system/macvlan-conf&mode=overlay&pool4=new&name4=n&subnet4=10.6.0.0/16&ips4=10.6.213.1-10.6.213.9 | Which addresses | Free addresses of n: 9. The workload needs 12.
            """)
    void saysWhatIsWrongAtItsFieldAndKeepsWhatWasTyped(String query, String step, String problem) {
        assertThat(text(PATH + query)).contains(step, problem).doesNotContain("??");
    }

    @Test
    void allProblemsOfAStepAreSaidAtOnceAndNothingTypedIsLost() {
        var html =
                html(PATH + "?step=mode&ns=Lab&workload=web&replicas=x&network=new&netname=UP&master=eth7&vlan=9999");

        assertThat(Pattern.compile("role=\"alert\"").matcher(html).results().count())
                .isGreaterThanOrEqualTo(4);
        for (var typed : new String[] {"Lab", "web", "x", "UP", "eth7", "9999"}) {
            assertThat(html).contains("value=\"" + typed + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%3Cscript%3Ealert(1)%3C/script%3E", "a%0D%0Ab", "%E2%80%AEtxt", "'%22%3E%3Cb", "..%2F..%2Fx"})
    void hostileTextIsText(String hostile) {
        for (var field :
                new String[] {"ns", "workload", "network", "netname", "master", "mode", "pool4", "name4", "ips4"}) {
            var base = NEW + "&mode=underlay" + NEW_POOL;
            var query = base.replaceAll("(?<=[?&])" + field + "=[^&]*", field + "=" + hostile);

            var html = html(query);

            assertThat(html).as(field).doesNotContain("<script>alert", "\"><b").contains("<h1");
        }
    }

    @Test
    void theReviewTakesTheObjectThatItProduces() {
        var html = html(NEW + "&mode=underlay" + NEW_POOL);
        var yaml = Pattern.compile("name=\"yaml\" value=\"([^\"]*)\"").matcher(html);
        assertThat(yaml.find()).isTrue();

        var form = new LinkedMultiValueMap<String, String>();
        form.add("operation", "CREATE");
        form.add("yaml", yaml.group(1).replace("&quot;", "\"").replace("&#39;", "'"));

        var review = FormClient.draft(port, "/pools/new/review", form);

        assertThat(review).contains("Review: new SpiderIPPool fresh").doesNotContain("This cannot be applied");
    }

    @Test
    void isReachedFromWhereItHelps() {
        assertThat(html("/networks")).contains("href=\"/networks/access\"");
        assertThat(html("/pods/lab/b1")).contains("href=\"/networks/access?ns=lab&amp;workload=b1\"");
        assertThat(html("/networks/kube-system/macvlan-conf"))
                .contains("href=\"/networks/access?network=kube-system/macvlan-conf\"");
    }
}
