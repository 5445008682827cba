package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.FormClient;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What the rules say of an edit is said in the reader's language.
class ReviewLanguageTest extends EditingConsole {

    @LocalServerPort
    private int webPort;

    private String review(String language) {
        var body = FormClient.of(webPort)
                .get()
                .uri("/coordinator/default/delete")
                .cookie("underpass-language", language)
                .exchange()
                .returnResult(byte[].class)
                .getResponseBodyContent();
        return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8);
    }

    @Test
    void aRefusalIsChineseOnAChinesePage() {
        API.create("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderCoordinator, metadata: {name: default},
                 spec: {mode: auto, podCIDRType: auto}}
                """);
        var chinese = review("zh-CN");
        assertThat(chinese).contains("它是唯一的 SpiderCoordinator").doesNotContain("it is the only SpiderCoordinator");
        assertThat(review("en")).contains("it is the only SpiderCoordinator");
    }
}
