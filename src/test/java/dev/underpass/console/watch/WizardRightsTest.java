package dev.underpass.console.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.kubeapi.FakeKubeApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The wizard's result on a live cluster whose RBAC lets nobody make pools.
@Tag("kube-api")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.source=kubernetes", "underpass.cluster=prod"})
class WizardRightsTest {

    private static final FakeKubeApi API = new FakeKubeApi();

    private static final String NETWORK = "&network=new&netns=kube-system&netname=fresh&cni=macvlan&master=eth0";
    private static final String POOL =
            "&pool4=new&name4=fresh&subnet4=10.6.0.0/16&gateway4=10.6.0.1&ips4=10.6.213.1-10.6.213.9";

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        API.start();
        API.deny("create", "spiderippools");
        var kubeconfig = API.kubeconfig();
        registry.add("underpass.kubernetes.kubeconfig", kubeconfig::toString);
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    @Test
    void whatTheClusterRefusesIsDisabledWithVerbAndResourceAndTheRestIsNot() {
        var page =
                Clients.page(port, "/networks/access?step=result&ns=shop&workload=web&mode=underlay" + NETWORK + POOL);

        var pool = article(page, "SpiderIPPool fresh");
        var network = article(page, "SpiderMultusConfig kube-system/fresh");
        assertThat(pool)
                .contains(
                        "<button type=\"button\" disabled>Review and apply</button>",
                        "The console may not create spiderippools.spiderpool.spidernet.io in this cluster (RBAC)")
                .doesNotContain("<form");
        assertThat(network).contains("<form", "action=\"/networks/new/review\"").doesNotContain("disabled");
    }

    private static String article(String page, String title) {
        int from = page.indexOf("<h3>" + title + "</h3>");
        assertThat(from).as(title).isPositive();
        return page.substring(from, page.indexOf("</article>", from));
    }
}
