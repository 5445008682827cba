package dev.underpass.diagnosis.edit;

import static dev.underpass.diagnosis.edit.Edit.Operation.CREATE;
import static dev.underpass.diagnosis.edit.Edit.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What nobody means to write: it gives problems, and never an exception or a long wait.
class EditRulesHostileTest {

    /// Enough that quadratic time would be minutes.
    private static final int MANY = 100_000;

    private static final int VERY_MANY = 1_000_000;

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                    | kind               | an object without kind
            {kind: 5}                                                             | kind               | an object without kind
            {kind: Pod, metadata: {name: a}}                                      | kind               | 'Pod' cannot be edited
            {kind: SpiderIPPool}                                                  | metadata.name      | is missing
            {kind: SpiderIPPool, metadata: []}                                    | metadata.name      | is missing
            {kind: SpiderIPPool, metadata: {name: 7}}                             | metadata.name      | is no text is no name
            {kind: SpiderIPPool, metadata: {name: Upper}}                         | metadata.name      | 'Upper' is no name
            {kind: SpiderIPPool, metadata: {name: a/b}}                           | metadata.name      | 'a/b' is no name
            {kind: SpiderIPPool, metadata: {name: v4-pool}}                       | metadata.name      | SpiderIPPool v4-pool exists already
            {kind: SpiderMultusConfig, metadata: {name: a, namespace: ''}}        | metadata.namespace | is no name
            {kind: SpiderMultusConfig, metadata: {name: a, namespace: shop}}      | metadata.namespace | there is no namespace shop
            {kind: SpiderIPPool, apiVersion: v1, metadata: {name: a}}             | apiVersion         | write spiderpool.spidernet.io/v2beta1
            {kind: SpiderIPPool, apiVersion: null, metadata: {name: a}}           | apiVersion         | is not served
            {kind: SpiderIPPool, metadata: {name: a}}                             | spec.subnet        | is missing
            {kind: SpiderIPPool, metadata: {name: a}, spec: null}                 | spec               | null is no value
            {kind: SpiderIPPool, metadata: {name: a}, spec: [1]}                  | spec               | a list of 1 is not an object
            {kind: SpiderIPPool, metadata: {name: a}, spec: text}                 | spec               | the text 'text' is not an object
            {kind: SpiderIPPool, metadata: {name: a}, spec: {subnet: {a: b}}}     | spec.subnet        | an object is not a text
            {kind: SpiderIPPool, metadata: {name: a}, spec: {ipVersion: 1e400}}   | spec.ipVersion     | is not a whole number
            {kind: SpiderIPPool, metadata: {name: a}, spec: {ipVersion: 99999999999999999999999}} | spec.ipVersion | is out of range
            {kind: SpiderIPPool, metadata: {name: a}, spec: {routes: [[], null]}} | spec.routes[1]     | null is no value
            {kind: SpiderIPPool, metadata: {name: a}, spec: {routes: [{}]}}       | spec.routes[0].dst | is missing
            {kind: SpiderIPPool, metadata: {name: a}, spec: {podAffinity: 3}}     | spec.podAffinity   | is not an object
            {kind: SpiderMultusConfig, metadata: {name: a}, spec: {cniType: macvlan, macvlan: 3}} | spec.macvlan | is not an object
            {kind: SpiderMultusConfig, metadata: {name: a}, spec: {coordinator: []}} | spec.coordinator | is not an object
            """)
    void refusesObjectsThatAreNone(String yaml, String field, String piece) {
        Expected.in(EditRules.problems(Clusters.usual(), Clusters.edit(CREATE, yaml)), field, Severity.REFUSED, piece);
    }

    @Test
    void whatIsNotThereCanNeitherBeChangedNorDeleted() {
        for (var operation : List.of(UPDATE, Operation.DELETE)) {
            var edit = Clusters.edit(operation, "SpiderIPPool", "no-pool", "{subnet: 192.0.2.0/24}");

            Expected.in(
                    EditRules.problems(Clusters.usual(), edit),
                    "metadata.name",
                    Severity.REFUSED,
                    "there is no SpiderIPPool no-pool");
        }
    }

    @Test
    void problemsComeInTheOrderOfTheFields() {
        var edit = Clusters.edit(
                CREATE, "SpiderIPPool", "v4-pool", "{zone: 1, gateway: x, ips: [y], subnet: 192.0.2.0/24}");

        assertThat(EditRules.problems(Clusters.usual(), edit))
                .extracting(FieldProblem::field)
                .containsExactly("metadata.name", "spec.ips[0]", "spec.gateway", "spec.zone");
    }

    @Test
    void aLongTextIsCutInMessages() {
        var edit = Clusters.edit(CREATE, "SpiderIPPool", "a", "{subnet: " + "x".repeat(MANY) + "}");

        assertThat(EditRules.problems(Clusters.usual(), edit))
                .isNotEmpty()
                .allMatch(each -> each.message().length() < 400);
    }

    /// Very long lists.
    static Stream<Arguments> hugeLists() {
        return Stream.of(
                list("garbage", "ips", i -> "x" + i),
                list("neighbours", "ips", EditRulesHostileTest::address),
                list("every other", "ips", i -> address(2 * i)),
                list("one again and again", "ips", _ -> "10.0.0.9"),
                list("nested ranges", "ips", i -> address(i) + "-" + address(2 * MANY - i)),
                list("exclusions", "excludeIPs", i -> address(2 * i)));
    }

    private static Arguments list(String name, String field, IntFunction<String> entry) {
        return Arguments.of(name, field, entry);
    }

    private static String address(int number) {
        return "10.%d.%d.%d".formatted(number >>> 16, (number >>> 8) & 255, number & 255);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hugeLists")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void manyEntriesTakeNoLongTime(String name, String field, IntFunction<String> entry) throws ReportFormatException {
        var spec = JsonNodeFactory.instance.objectNode().put("subnet", "10.0.0.0/8");
        spec.putArray("ips").add("10.0.0.1-10.200.0.0");
        var list = spec.putArray(field);
        IntStream.range(0, MANY).forEach(i -> list.add(entry.apply(i)));

        var found = EditRules.problems(Clusters.usual(), new Edit(CREATE, pool(spec)));

        assertThat(found).as(name).isNotEmpty().hasSizeLessThan(100);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void manyWideExclusionsOfManyAddressesTakeNoLongTime() throws ReportFormatException {
        var spec = JsonNodeFactory.instance.objectNode().put("subnet", "10.0.0.0/8");
        var ips = spec.putArray("ips");
        var excluded = spec.putArray("excludeIPs");
        IntStream.range(0, MANY).forEach(i -> {
            ips.add(address(4 * i));
            excluded.add("10.0.0.0-10.0.0.255");
        });

        var found = EditRules.problems(Clusters.usual(), new Edit(CREATE, pool(spec)));

        Expected.in(found, "spec.excludeIPs", Severity.WARNING, "more than 1000 other problems are not listed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"hijackCIDR", "hostRuleTable", "policyRoutes", "mode"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void manySettingsTakeNoLongTime(String field) throws ReportFormatException {
        var object = JsonNodeFactory.instance.objectNode().put("kind", "SpiderCoordinator");
        object.putObject("metadata").put("name", "default");
        var list = object.putObject("spec").put("podCIDRType", "auto").putArray(field);
        IntStream.range(0, MANY).forEach(i -> list.add("x" + i));

        var found = EditRules.problems(Clusters.usual(), new Edit(UPDATE, Fields.of(object, "")));

        assertThat(found).isNotEmpty().hasSizeLessThan(100);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"eth", "e/"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void manyMastersAndPoolsTakeNoLongTime(String device) throws ReportFormatException {
        var object = JsonNodeFactory.instance.objectNode().put("kind", "SpiderMultusConfig");
        object.putObject("metadata").put("name", "huge").put("namespace", "web");
        var section = object.putObject("spec").put("cniType", "macvlan").putObject("macvlan");
        var masters = section.putArray("master");
        var pools = section.putObject("ippools").putArray("ipv4");
        IntStream.range(0, MANY).forEach(i -> {
            masters.add(device + i);
            pools.add("pool-" + i);
        });

        var found = EditRules.problems(Clusters.usual(), new Edit(CREATE, Fields.of(object, "")));

        assertThat(found).isNotEmpty().hasSizeLessThan(100);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aMillionAddressesTakeNoLongTime() throws ReportFormatException {
        var spec = JsonNodeFactory.instance.objectNode().put("subnet", "10.0.0.0/8");
        var ips = spec.putArray("ips");
        IntStream.range(0, VERY_MANY).forEach(i -> ips.add(address(2 * i)));

        var found = EditRules.problems(Clusters.usual(), new Edit(CREATE, pool(spec)));

        Expected.in(found, "spec.ips", Severity.WARNING, "1000000 addresses");
    }

    private static Fields pool(JsonNode spec) throws ReportFormatException {
        var object = JsonNodeFactory.instance.objectNode().put("kind", "SpiderIPPool");
        object.putObject("metadata").put("name", "huge");
        object.set("spec", spec);
        return Fields.of(object, "");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void manyUnknownFieldsAreCounted() throws ReportFormatException {
        var spec = JsonNodeFactory.instance.objectNode().put("subnet", "10.0.0.0/8");
        IntStream.range(0, MANY).forEach(i -> spec.put("field" + i, i));

        var found = EditRules.problems(Clusters.usual(), new Edit(CREATE, pool(spec)));

        assertThat(found).hasSizeLessThan(400);
        Expected.in(found, "-", Severity.REFUSED, "more than 1000 other problems are not listed");
    }

    @Test
    void aDeepDocumentIsNotFollowed() throws ReportFormatException {
        JsonNode deep = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < MANY; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        var spec = JsonNodeFactory.instance.objectNode();
        spec.set("ips", deep);
        spec.set("subnet", deep);

        var found = EditRules.problems(Clusters.usual(), new Edit(CREATE, pool(spec)));

        Expected.in(found, "spec.ips[0]", Severity.REFUSED, "a list of 1 is not a text");
    }

    @Test
    void ofAListOnlyTheFirstProblemsAreTold() {
        var ips = IntStream.range(0, 50).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
        var edit = Clusters.edit(CREATE, "SpiderIPPool", "a", "{subnet: 192.0.2.0/24, ips: [%s]}".formatted(ips));

        var found = EditRules.problems(Clusters.usual(), edit);

        assertThat(found).hasSize(21);
        Expected.in(found, "spec.ips", Severity.REFUSED, "30 other problems are not listed");
    }

    /// Objects with a value of any kind at any field of any depth, the same on every run.
    static Stream<ObjectNode> randomObjects() {
        var random = new Random(77);
        return Stream.generate(() -> randomObject(random)).limit(2_000);
    }

    private static ObjectNode randomObject(Random random) {
        var object = JsonNodeFactory.instance.objectNode();
        var kinds = ObjectKind.values();
        var kind = kinds[random.nextInt(kinds.length)];
        object.put("kind", kind.toString());
        object.putObject("metadata").put("name", random.nextBoolean() ? "default" : "v4-pool");
        object.set("spec", random(kind.spec(), random));
        return object;
    }

    /// Mostly of that shape.
    private static JsonNode random(Shape shape, Random random) {
        if (random.nextInt(12) == 0) {
            return anything(random);
        }
        var nodes = JsonNodeFactory.instance;
        return switch (shape) {
            case Shape.Text(var allowed)
            when !allowed.isEmpty() -> nodes.stringNode(allowed.get(random.nextInt(allowed.size())));
            case Shape.Text _ -> nodes.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case Shape.Whole _ -> nodes.numberNode(random.nextInt(3_000) - 10);
            case Shape.Flag _ -> nodes.booleanNode(random.nextBoolean());
            case Shape.Items(var item) -> {
                var list = nodes.arrayNode();
                IntStream.range(0, random.nextInt(4)).forEach(_ -> list.add(random(item, random)));
                yield list;
            }
            case Shape.Members shaped -> {
                var members = nodes.objectNode();
                shaped.fields().forEach((name, field) -> {
                    if (random.nextInt(3) > 0) {
                        members.set(name, random(field, random));
                    }
                });
                yield members;
            }
            case Shape.Labels _ -> nodes.objectNode().put("app", "web");
        };
    }

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "-",
            "/",
            "192.0.2.0/24",
            "192.0.2.10-192.0.2.20",
            "192.0.2.1",
            "0.0.0.0/0",
            "255.255.255.255",
            "0.0.0.0-255.255.255.255",
            "::/0",
            "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "2001:db8::/64",
            "::ffff:10.0.0.1",
            "fe80::1%eth0",
            "192.0.2.0/2147483648",
            "192.0.2.0/-1",
            "٣.0.0.1",
            "eth0",
            "v4-pool",
            "{\"type\": 5}",
            "\u0000",
            "*");

    private static JsonNode anything(Random random) {
        var nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(7)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextDouble());
            case 2 -> nodes.numberNode(random.nextLong());
            case 3 -> nodes.stringNode("x");
            case 4 -> nodes.arrayNode().add(nodes.objectNode());
            case 5 -> nodes.objectNode().put("a", 1);
            default -> nodes.booleanNode(true);
        };
    }

    @Test
    @Timeout(60)
    void anyObjectGivesProblemsAndNoException() {
        var now = Clusters.usual();
        randomObjects().forEach(object -> {
            for (var operation : Operation.values()) {
                assertThat(EditRules.problems(now, new Edit(operation, fields(object))))
                        .as("%s %s", operation, object)
                        .allMatch(each -> !each.message().isBlank());
            }
        });
    }

    private static Fields fields(ObjectNode object) {
        try {
            return Fields.of(object, "");
        } catch (ReportFormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void theWholeOfAnIpv6PrefixIsNeverListed() {
        var edit = Clusters.edit(
                CREATE,
                "SpiderIPPool",
                "a",
                "{subnet: '2001:db8::/32', ips: ['2001:db8::1-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],"
                        + " excludeIPs: ['2001:db8:1::-2001:db8:1:ffff:ffff:ffff:ffff:ffff']}");

        var start = System.nanoTime();
        var found = EditRules.problems(Clusters.usual(), edit);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        Expected.in(found, "spec.ips", Severity.REFUSED, "Spiderpool lists each of them in memory");
    }
}
