package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

/// Bodies and names that are none.
class HostileBodiesTest extends EditingConsole {

    private Reply put(String body) {
        return send(HttpMethod.PUT, "ippools/v4", "\"1\"", body);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                              | ``
            nonsense                        | line 1, column 1
            []                              | ``
            "text"                          | ``
            {"spec": {"ips": [1,}}          | line 1, column 21
            {"spec": {}, "spec": {}}        | line 1, column 20
            {"spec": {}} {}                 | line 1, column 14
            {"spec": {"x": NaN}}            | line 1, column 19
            """)
    void saysWhereTheJsonIsWrong(String body, String place) {
        var refused = put(body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.type()).isEqualTo("invalid-json");
        assertThat(refused.error(0).path("field").asString("")).isEqualTo(place);
    }

    @Test
    void refusesWhatIsTooDeep() {
        assertThat(put("{\"a\":".repeat(100_000)).status()).isEqualTo(400);
    }

    @Test
    void refusesWhatIsTooLarge() {
        var large = "{\"a\": \"" + "x".repeat(1 << 20) + "\"}";

        assertThat(put(large).status()).isEqualTo(413);
        assertThat(send(HttpMethod.POST, "ippools", "", large).status()).isEqualTo(413);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"kind": "SpiderSubnet"}                        | kind               | "SpiderSubnet"       | SpiderIPPool
            {"kind": 7}                                     | kind               | 7                    | SpiderIPPool
            {"apiVersion": "v1"}                            | apiVersion         | "v1"                 | spiderpool.spidernet.io/v2beta1
            {"metadata": {"name": "v6"}}                    | metadata.name      | "v6"                 | v4
            {"metadata": {"name": {"v4": 1}}}               | metadata.name      | {"v4":1}             | v4
            {"metadata": {"namespace": "shop"}}             | metadata.namespace | "shop"               | ''
            {"metadata": []}                                | metadata           | not an object        | not an object
            """)
    void namesBothWhereTheBodyIsOfAnotherObject(String body, String field, String said, String asked) {
        var refused = put(body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error(0).path("field").asString("")).isEqualTo(field);
        assertThat(refused.error(0).path("message").asString("")).contains(said, asked);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ippools/V4",
        "ippools/v4_",
        "ippools/-v4",
        "ippools/v4.",
        "ippools/%2e%2e",
        "ippools/v4%0aInjected: yes",
        "ippools/v4%3fdryRun=All",
        "multusconfigs/shop.x/a1",
        "multusconfigs/SHOP/a1",
        "multusconfigs/shop/a%20b"
    })
    void refusesANameThatKubernetesWouldNotGive(String path) {
        var refused = send(HttpMethod.PUT, path, "\"1\"", "{}");

        assertThat(refused.status()).isIn(400, 404);
    }

    @Test
    void refusesAnEndlessName() {
        assertThat(get("ippools/" + "a".repeat(254)).status()).isEqualTo(400);
    }

    @Test
    void demandsANameOfWhatIsToBeCreated() {
        var refused = post("ippools", json("{\"metadata\": {\"generateName\": \"v4-\"}, \"spec\": {}}"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error(0).path("field").asString("")).isEqualTo("metadata.name");
    }

    @Test
    void leavesWhatBelongsToTheServerAsItIs() {
        pool("v4");
        var read = get("ippools/v4");
        var typed = read.object();
        typed.withObject("/metadata")
                .put("uid", "other")
                .put("generation", 99)
                .putArray("finalizers")
                .add("mine/x");
        typed.putObject("status").put("allocatedIPCount", 5);
        typed.withObject("/spec").put("disable", true).putNull("nodeName");

        var written = put("ippools/v4?force=true", read.etag(), typed);

        assertThat(written.status()).as(written.body().toString()).isEqualTo(200);
        assertThat(written.text("metadata", "uid")).isEqualTo(read.text("metadata", "uid"));
        assertThat(written.body().path("metadata").has("finalizers")).isFalse();
        assertThat(written.body().has("status")).isFalse();
        assertThat(written.body().path("spec").has("nodeName")).isFalse();
        assertThat(written.body().path("spec").path("disable").asBoolean()).isTrue();
    }

    @Test
    void refusesAnotherContentType() {
        pool("v4");

        assertThat(sendText("ippools/v4").status()).isEqualTo(415);
    }
}
