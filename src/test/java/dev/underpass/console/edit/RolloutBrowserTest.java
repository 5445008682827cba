package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Playwright;
import dev.underpass.console.Chromium;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The page of a change follows its effect, Pod by Pod.
@Tag("browser")
class RolloutBrowserTest extends EditingConsole {

    @LocalServerPort
    private int webPort;

    @AfterEach
    void leave() {
        API.unload("pods", "shop/web-0");
        API.unload("pods", "shop/web-1");
    }

    private static void pod(String name, String made) {
        API.load("""
                {apiVersion: v1, kind: Pod,
                 metadata: {namespace: shop, name: %s, creationTimestamp: "%s",
                  annotations: {v1.multus-cni.io/default-network: shop/net},
                  ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: "1", controller: true}]},
                 spec: {nodeName: node1, containers: [{name: web, image: web}]}, status: {phase: Running}}
                """.formatted(name, made));
    }

    @Test
    void aPodThatIsMadeAnewIsCountedWithoutLoading() {
        API.create("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderMultusConfig,
                 metadata: {namespace: shop, name: net}, spec: {cniType: macvlan, macvlan: {master: [ens192]}}}
                """);
        pod("web-0", "2020-01-01T00:00:00Z");
        pod("web-1", "2020-01-01T00:00:00Z");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> watched().pods().size() == 2
                        && watched().spiderpool().multusConfigs().size() == 1);
        var edit = edit(
                "multusconfigs/shop/net",
                "?force=true",
                spec -> spec.withObjectProperty("macvlan").put("vlanID", 7));
        assertThat(edit.status()).as(edit.body().toString()).isEqualTo(200);

        try (Playwright playwright = Chromium.playwright()) {
            var path = "/changes/" + Objects.requireNonNull(edit.headers().getFirst(Answers.EDIT));
            var page = Chromium.open(playwright, "http://127.0.0.1:" + webPort + path, "live");
            assertThat(page.locator("#rollout").innerText())
                    .contains("0 of the 2 Pods that it concerns were made since; 2 are older")
                    .contains("kubectl -n shop rollout restart statefulset/web");

            pod("web-1", "2099-01-01T00:00:00Z");

            page.waitForSelector("#rollout progress[value='1']");
            assertThat(page.locator("#rollout").innerText())
                    .contains("1 of the 2 Pods that it concerns was made since; one is older");
        }
    }
}
