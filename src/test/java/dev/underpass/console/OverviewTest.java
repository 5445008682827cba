package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The first page is short, whatever the cluster has, and leads on.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class OverviewTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private String page() {
        return Clients.page(port, "/");
    }

    @Test
    void nodesOfOneStateAreToldTogether() {
        assertThat(page())
                .containsOnlyOnce("2 nodes: recorded; no agent has reported since")
                .contains("<a href=\"/nodes/node1\">node1</a>, <a href=\"/nodes/node2\">node2</a>");
    }

    @Test
    void aCardHasItsCountsInItsHead() {
        assertThat(page()).containsPattern("critical</span>\\s*· <span>one Pod</span>");
    }

    @Test
    void explainLeadsToATraceThatEndsWithTheFindingsCode() {
        var link = Pattern.compile("<a href=\"(/trace[?]from=[^\"]+)\">Explain</a>")
                .matcher(page());

        assertThat(link.find()).isTrue();
        assertThat(Clients.page(port, link.group(1).replace("&amp;", "&"))).contains("U22");
    }

    @Test
    void verdictsLeadToTheMatrix() {
        assertThat(page())
                .containsPattern("<a href=\"/reachability\"><strong>\\d+</strong></a>")
                .contains("Open the matrix");
    }

    @Test
    void servicesAreNotCountedAmongThePodsOfAnAttachment() {
        assertThat(page()).containsPattern("</dl>\\s*<p><a href=\"/services\">\\d+ Services</a></p>");
    }

    @Test
    void anAttachmentLeadsToAsManyPodsAsItSays() {
        var attachments = Pattern.compile("<a href=\"/pods[?]q=([^\"]+)\">[^<]+</a></dt><dd>(\\d+)</dd>")
                .matcher(page())
                .results()
                .toList();

        assertThat(attachments).hasSize(3);
        for (var each : attachments) {
            var query = URLDecoder.decode(each.group(1), StandardCharsets.UTF_8);
            assertThat(Clients.page(port, "/pods?q={q}", query)).as(query).contains(">" + each.group(2) + " of 8 Pods");
        }
    }
}
