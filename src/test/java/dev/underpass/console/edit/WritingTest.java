package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Objects of each kind are created, read, changed and deleted.
class WritingTest extends EditingConsole {

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SpiderCoordinator  | coordinators/default  | spidercoordinators  | {"podCIDRType": "auto", "mode": "underlay"}             | txQueueLen | 7
            SpiderIPPool       | ippools/v4            | spiderippools       | {"subnet": "10.6.0.0/16", "ips": ["10.6.1.1-10.6.1.9"]} | gateway    | "10.6.0.1"
            SpiderReservedIP   | reservedips/kept      | spiderreservedips   | {"ips": ["10.6.1.1"]}                                   | ips        | ["10.6.1.2"]
            SpiderSubnet       | subnets/v4            | spidersubnets       | {"subnet": "10.6.0.0/16", "ips": ["10.6.1.1-10.6.1.9"]} | gateway    | "10.6.0.1"
            SpiderMultusConfig | multusconfigs/shop/a1 | spidermultusconfigs | {"cniType": "macvlan", "macvlan": {"master": ["eth0"]}} | disableIPAM | true
            """)
    void createsChangesAndDeletes(String kind, String path, String resource, String spec, String field, String value) {
        var name = path.substring(path.indexOf('/') + 1);
        var body = json("{\"kind\": \"%s\", \"spec\": %s}".formatted(kind, spec));

        var created = post(path, body);

        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        assertThat(created.headers().getLocation()).hasToString("/api/v1/" + path);
        assertThat(created.etag()).isEqualTo('"' + created.text("metadata", "resourceVersion") + '"');
        assertThat(stored(resource, name).path("spec")).isEqualTo(created.body().path("spec"));

        var changed = edit(path, "", object -> object.set(field, JSON.readTree(value)));

        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        assertThat(stored(resource, name).path("spec").path(field)).isEqualTo(JSON.readTree(value));
        assertThat(get(path).body()).isEqualTo(changed.body());
        assertThat(get(path).etag()).isEqualTo(changed.etag());

        API.load(OTHER_COORDINATOR);
        assertThat(delete(path, changed.etag()).status()).isEqualTo(200);

        assertThat(API.find(resource, name)).isNull();
        assertThat(get(path).status()).isEqualTo(404);
    }

    /// Beside the only one, there is none that could go.
    private static final String OTHER_COORDINATOR = """
            {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderCoordinator, metadata: {name: other},
             spec: {mode: auto}}
            """;

    @Test
    void keepsTheOnlyCoordinator() {
        API.load(OTHER_COORDINATOR);

        var refused = delete("coordinators/other", get("coordinators/other").etag());

        assertThat(refused.status()).isEqualTo(422);
        assertThat(API.find("spidercoordinators", "other")).isNotNull();
    }

    @Test
    void namesTheFieldThatBreaksARule() {
        post("coordinators/default", json("{\"spec\": {\"podCIDRType\": \"auto\"}}"));

        var refused = edit(
                "coordinators/default", "", spec -> spec.putArray("hijackCIDR").add("not-a-cidr"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.error(0).path("field").asString("")).isEqualTo("spec.hijackCIDR[0]");
    }

    @Test
    void mendsAnObjectThatNobodyUnderstands() {
        API.load("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderSubnet, metadata: {name: bad}, spec: {subnet: nonsense}}
                """);

        var mended = edit("subnets/bad", "?force=true", spec -> spec.put("subnet", "10.6.0.0/16"));

        assertThat(mended.status()).as(mended.body().toString()).isEqualTo(200);
        assertThat(delete("subnets/bad", mended.etag()).status()).isEqualTo(200);
    }

    @Test
    void createsWhatTheBodyNames() {

        var created = post("multusconfigs", json("""
                {"metadata": {"name": "a1", "namespace": "shop"}, "spec": {"cniType": "custom", "customCNI": "{}"}}
                """));

        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        assertThat(created.headers().getLocation()).hasToString("/api/v1/multusconfigs/shop/a1");
        assertThat(API.find("spidermultusconfigs", "shop/a1")).isNotNull();
    }

    @Test
    void refusesToCreateWhatIsThere() {
        pool("v4");

        var refused = post("ippools/v4", json("{\"spec\": {\"subnet\": \"10.6.0.0/16\", \"ips\": []}}"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.type()).isEqualTo("already-exists");
        assertThat(refused.text("current", "spec", "gateway")).isEqualTo("10.6.0.1");
    }

    @Test
    void storesNothingInADryRun() {
        var before = pool("v4");
        var etag = '"' + before.path("metadata").path("resourceVersion").asString("") + '"';

        var created = post("ippools/v6?dryRun=true", json("{\"spec\": {\"subnet\": \"fd00::/64\"}}"));
        var changed = edit("ippools/v4", "?dryRun=true&force=true", spec -> spec.put("gateway", "10.6.0.2"));
        var deleted = delete("ippools/v4?dryRun=true", etag);

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.body().path("spec").path("ipVersion").asInt()).isEqualTo(6);
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        assertThat(changed.text("spec", "gateway")).isEqualTo("10.6.0.2");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(API.find("spiderippools", "v6")).isNull();
        assertThat(stored("spiderippools", "v4")).isEqualTo(before);
    }

    @Test
    void answersWithoutTheNoiseAndKnowsWhatIsUnchanged() {
        var before = pool("v4");

        var read = get("ippools/v4");
        var written = put("ippools/v4", read.etag(), read.body());

        assertThat(read.body().path("metadata").has("managedFields")).isFalse();
        assertThat(written.status()).isEqualTo(200);
        assertThat(stored("spiderippools", "v4")).isEqualTo(before);
    }

    @Test
    void listsInPages() {
        for (var name : List.of("b", "a", "c")) {
            API.create("{apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderReservedIP, metadata: {name: %s}}"
                    .formatted(name));
        }

        var first = get("reservedips?limit=2");
        var rest = get("reservedips?limit=2&continue=" + first.text("continue"));

        assertThat(first.body().path("total").asInt()).isEqualTo(3);
        assertThat(first.body()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("metadata").path("name").asString("")))
                .containsExactly("a", "b");
        assertThat(rest.body()
                        .path("items")
                        .path(0)
                        .path("metadata")
                        .path("name")
                        .asString(""))
                .isEqualTo("c");
        assertThat(rest.body().path("continue").isNull()).isTrue();
        assertThat(rest.body().toString()).doesNotContain("managedFields");
    }

    @Test
    void touchesOnlyWhatWasEditedAndKeepsItsOwnFields() {
        pool("v4");
        edit("ippools/v4", "", spec -> spec.putArray("excludeIPs").add("10.6.1.5"));

        var second = edit("ippools/v4", "", spec -> spec.putArray("nodeName").add("node1"));

        assertThat(second.status()).as(second.body().toString()).isEqualTo(200);
        var pool = stored("spiderippools", "v4");
        assertThat(pool.path("spec").path("excludeIPs").toString()).isEqualTo("[\"10.6.1.5\"]");
        var ours = pool.path("metadata")
                .path("managedFields")
                .valueStream()
                .filter(entry -> entry.path("manager").asString("").equals("underpass"))
                .toList();
        assertThat(ours).singleElement().satisfies(entry -> {
            assertThat(entry.path("operation").asString("")).isEqualTo("Apply");
            assertThat(entry.path("fieldsV1").path("f:spec").propertyNames())
                    .containsExactlyInAnyOrder("f:excludeIPs", "f:nodeName");
        });
    }

    @Test
    void removesItsOwnFieldByApplyingWithoutIt() {
        pool("v4");
        edit("ippools/v4", "", spec -> spec.putArray("excludeIPs").add("10.6.1.5"));
        edit("ippools/v4", "", spec -> spec.putArray("nodeName").add("node1"));

        var removed = edit("ippools/v4", "", spec -> spec.remove("excludeIPs"));

        assertThat(removed.status()).as(removed.body().toString()).isEqualTo(200);
        var spec = stored("spiderippools", "v4").path("spec");
        assertThat(spec.has("excludeIPs")).isFalse();
        assertThat(spec.path("nodeName").toString()).isEqualTo("[\"node1\"]");
        assertThat(spec.path("gateway").asString("")).isEqualTo("10.6.0.1");
    }

    @Test
    void editsWhatItCreatedWithoutAConflict() {
        post("ippools/v4", json("""
                {"metadata": {"labels": {"team": "net"}},
                 "spec": {"subnet": "10.6.0.0/16", "gateway": "10.6.0.1", "ips": ["10.6.1.1-10.6.1.9"]}}
                """));

        var changed = edit("ippools/v4", "", spec -> spec.put("gateway", "10.6.0.2"));
        var removed = edit("ippools/v4", "", spec -> spec.remove("gateway"));
        var again = edit("ippools/v4", "", spec -> spec.put("disable", true));

        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        assertThat(removed.status()).as(removed.body().toString()).isEqualTo(200);
        assertThat(again.status()).as(again.body().toString()).isEqualTo(200);
        var pool = stored("spiderippools", "v4");
        assertThat(pool.path("spec").has("gateway")).isFalse();
        assertThat(pool.path("spec").path("disable").asBoolean()).isTrue();
        assertThat(pool.path("metadata").path("labels").path("team").asString(""))
                .isEqualTo("net");
    }

    @Test
    void replacesAnAffinityAsAWhole() {
        post("ippools/v4", json("""
                {"spec": {"subnet": "10.6.0.0/16", "ips": ["10.6.1.1"], "podAffinity": {"matchLabels": {"a": "1", "b": "2"}}}}
                """));

        var changed = edit(
                "ippools/v4", "", spec -> ((ObjectNode) spec.path("podAffinity").path("matchLabels")).remove("a"));

        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        assertThat(Objects.requireNonNull(API.find("spiderippools", "v4"))
                        .path("spec")
                        .path("podAffinity")
                        .toString())
                .isEqualTo("{\"matchLabels\":{\"b\":\"2\"}}");
    }

    @Test
    void tellsWhatAWebhookMadeOfTheEdit() {
        API.create("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderCoordinator, metadata: {name: default},
                 spec: {podCIDRType: auto}}
                """);

        var changed = edit(
                "coordinators/default", "", spec -> spec.putArray("hijackCIDR").add("169.254.20.10"));

        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        assertThat(changed.body().path("spec").path("hijackCIDR").path(0).asString(""))
                .isEqualTo("169.254.20.10/32");
        assertThat(changed.warnings()).contains("299 - \"spec.hijackCIDR is stored as [\\\"169.254.20.10/32\\\"]\"");
    }
}
