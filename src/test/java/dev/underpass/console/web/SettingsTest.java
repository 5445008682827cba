package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.FormClient;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

/// Settings in cookies, and what pages make of them.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.demo=true"})
class SettingsTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private WebTestClient.ResponseSpec save(String zone, String back) {
        return FormClient.of(port)
                .post()
                .uri("/settings")
                .body(BodyInserters.fromFormData("language", "zh-CN")
                        .with("theme", "contrast")
                        .with("density", "compact")
                        .with("zone", zone)
                        .with("back", back))
                .exchange();
    }

    private String page(String path, String cookie, String value) {
        var body = Clients.of(port)
                .get()
                .uri(path)
                .cookie(cookie, value)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return body == null ? "" : body;
    }

    @Test
    void keepsWhatIsChosenInCookies() {
        save("Asia/Shanghai", "")
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location("/settings?saved=true")
                .expectCookie()
                .valueEquals("underpass-language", "zh-CN")
                .expectCookie()
                .valueEquals("underpass-theme", "contrast")
                .expectCookie()
                .valueEquals("underpass-density", "compact")
                .expectCookie()
                .valueEquals("underpass-keys", "off")
                .expectCookie()
                .valueEquals("underpass-zone", "Asia.Shanghai")
                .expectCookie()
                .sameSite("underpass-zone", "Lax");
    }

    @Test
    void saysWhatIsWrongWithATimeZoneAndKeepsTheRest() {
        save("<b>Mars</b>", "/pods")
                .expectStatus()
                .isOk()
                .expectCookie()
                .doesNotExist("underpass-theme")
                .expectBody(String.class)
                .value(body -> assertThat(body)
                        .contains("&lt;b&gt;Mars&lt;/b&gt;", "aria-invalid=\"true\"", "value=\"/pods\"")
                        .doesNotContain("<b>Mars"));
    }

    private WebTestClient.ResponseSpec keys(String nextRow, String pause) {
        return FormClient.of(port)
                .post()
                .uri("/settings")
                .body(BodyInserters.fromFormData("keys", "on")
                        .with("key.NEXT_ROW", nextRow)
                        .with("key.PAUSE", pause))
                .exchange();
    }

    @Test
    void keysAreChosenInCookiesAndToldToPages() {
        var cookie = "2f.67.6e.6b.5b.5d..3f";
        keys("n", "").expectStatus().isSeeOther().expectCookie().valueEquals("underpass-keymap", cookie);
        keys("j", ".").expectStatus().isSeeOther().expectCookie().valueEquals("underpass-keymap", "");

        assertThat(page("/pods", "underpass-keymap", cookie))
                .contains("data-keymap=\"/ g n k [ ]  ?\"", "<dt>n k</dt>", "<dt>–</dt>");
        assertThat(page("/pods", "underpass-keymap", "<script>")).contains("data-keymap=\"/ g j k [ ] . ?\"");
    }

    @Test
    void allThatIsWrongWithKeysIsSaidAtThemAndNothingIsKept() {
        keys("<b>", "k")
                .expectStatus()
                .isOk()
                .expectCookie()
                .doesNotExist("underpass-keymap")
                .expectBody(String.class)
                .value(body -> assertThat(body)
                        .contains("value=\"&lt;b&gt;\" aria-invalid=\"true\" aria-describedby=\"key-NEXT_ROW-wrong\"")
                        .contains("id=\"key-PAUSE-wrong\">That key does something else already.")
                        .doesNotContain("<b>"));
    }

    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /pods?q=a%20b          | /pods?q=a%20b
            /pods/lab/u1           | /pods/lab/u1
            //evil.example         | /settings
            /\\evil.example        | /settings
            https://evil.example   | /settings
            javascript:alert(1)    | /settings
            ''                     | /settings
            '/a b'                 | /settings
            """)
    void leadsBackToPathsOfThisConsoleOnly(String back, String expected) {
        assertThat(SettingsController.local(back)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pods\r\nSet-Cookie: x=1", "/\u0000", "/pods\u2028"})
    void leadsNowhereByControlCharacters(String back) {
        assertThat(SettingsController.local(back)).isEqualTo("/settings");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            null                                | en
            ''                                  | en
            zh-CN,zh;q=0.9,en;q=0.8             | zh-CN
            zh-TW                               | zh-CN
            fr-FR,zh;q=0.5                      | zh-CN
            en-GB,zh;q=0.9                      | en
            de                                  | en
            zh;q=0,en                           | en
            ;;;=                                | en
            """)
    void speaksTheFirstLanguageThatTheBrowserAsksForAndItKnows(@Nullable String header, String tag) {
        assertThat(Languages.asked(header)).isEqualTo(Locale.forLanguageTag(tag));
    }

    @Test
    void theChosenLanguageWinsOverTheBrowsers() {
        assertThat(page("/pods", "underpass-language", "zh-CN")).contains("lang=\"zh-CN\"");
        assertThat(page("/nowhere", "underpass-language", "zh-CN")).contains("lang=\"zh-CN\"");
        assertThat(page("/pods", "underpass-language", "<x>")).contains("lang=\"en\"");
    }

    @Test
    void pagesCarryThemeAndDensity() {
        assertThat(page("/", "underpass-theme", "contrast")).contains("data-theme=\"contrast\"");
        assertThat(page("/", "underpass-theme", "pink")).contains("data-theme=\"system\"");
        assertThat(page("/", "underpass-density", "compact")).contains("data-density=\"compact\"");
    }

    @Test
    void timesAreToldInTheChosenZone() {
        assertThat(page("/nodes", "underpass-zone", "+08:00")).contains("+08:00");
        assertThat(page("/nodes", "underpass-zone", "Asia.Shanghai")).contains("+08:00");
        assertThat(page("/nodes", "underpass-zone", "nowhere")).doesNotContain("+08:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/coordinator",
                "/nodes",
                "/pods/lab/u1",
                "/pods/lab/u1/events",
                "/pools/v4-10-6?address=10.6.212.241",
                "/networks/kube-system/macvlan-conf",
                "/setup"
            })
    void noTimeIsLeftInAnotherZone(String path) {
        assertThat(page(path, "underpass-zone", "+08:00"))
                .contains("+08:00")
                .doesNotContainPattern("\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    }

    @Test
    void utcIsCalledThatAndTimesInItEndAsEver() {
        assertThat(page("/settings", "underpass-zone", ""))
                .contains("value=\"UTC\"")
                .doesNotContain("value=\"Z\"");
        assertThat(page("/nodes", "underpass-zone", "UTC"))
                .containsPattern("\\d\\d:\\d\\dZ")
                .doesNotContain("+00:00");
    }

    @Test
    void answersDifferByCookieAndLanguage() {
        Clients.of(port)
                .get()
                .uri("/")
                .exchange()
                .expectHeader()
                .value("Vary", vary -> assertThat(vary).contains("Accept-Language", "Cookie"));
    }
}
