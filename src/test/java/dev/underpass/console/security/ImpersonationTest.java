package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.kubeapi.FakeKubeApi;
import dev.underpass.oidc.TestProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Edits by a console that lets the cluster decide who may edit.
@Tag("kube-api")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "underpass.source=kubernetes",
            "underpass.audit=target/audit-of-impersonation.jsonl",
            "underpass.security.oidc.client-id=console",
            "underpass.security.oidc.client-secret=secret",
            "underpass.security.oidc.audience=underpass-api",
            "underpass.security.oidc.impersonation.enabled=true",
            "underpass.security.oidc.impersonation.user-prefix=oidc:",
            "underpass.security.oidc.impersonation.group-prefix=oidc:"
        })
class ImpersonationTest {

    private static final FakeKubeApi API = new FakeKubeApi();
    private static final TestProvider PROVIDER = TestProvider.running();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    @Autowired
    private CurrentAnalysis analysis;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        API.load("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        API.start();
        // All that the console itself may do is to look, and to act for others.
        List.of("create", "patch", "delete").forEach(verb -> API.deny(verb, "spiderippools"));
        var kubeconfig = API.kubeconfig();
        registry.add("underpass.kubernetes.kubeconfig", kubeconfig::toString);
        registry.add("underpass.security.oidc.issuer", PROVIDER::issuer);
    }

    @BeforeEach
    void clear() {
        API.stored("spiderippools")
                .forEach(pool -> API.unload(
                        "spiderippools", pool.path("metadata").path("name").asString("")));
        analysis.snapshots()
                .filter(now ->
                        now.unobserved().isEmpty() && now.spiderpool().ipPools().isEmpty())
                .blockFirst(Duration.ofSeconds(30));
    }

    private record Reply(int status, JsonNode body) {}

    private Reply create(String token, String pool) {
        var result = Clients.of(port)
                .post()
                .uri("/api/v1/ippools")
                .headers(headers -> headers.setBearerAuth(token))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of(
                        "metadata",
                        Map.of("name", pool),
                        "spec",
                        Map.of("subnet", "10.6.0.0/16", "gateway", "10.6.0.1", "ips", List.of("10.6.1.1-10.6.1.9"))))
                .exchange()
                .expectBody(byte[].class)
                .returnResult();
        return new Reply(result.getStatus().value(), JSON.readTree(Objects.requireNonNull(result.getResponseBody())));
    }

    private static String token(String name, Consumer<JwtClaimsSet.Builder> more) {
        return PROVIDER.token("admin", claims -> more.accept(claims.subject(name)));
    }

    @Test
    void anEditIsDoneWithThePersonsRights() {
        var reply = create(token("ann", _ -> {}), "of-ann");

        assertThat(reply.body().toString()).contains("10.6.1.1-10.6.1.9");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(API.find("spiderippools", "of-ann")).isNotNull();
    }

    @Test
    void whatThePersonMayNotDoIsRefusedInTheClustersWordsAndNothingIsDone() {
        API.deny("oidc:bob", "create", "spiderippools");

        var reply = create(token("bob", _ -> {}), "of-bob");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body().path("detail").asString(""))
                .startsWith("oidc:bob may not create spiderippools.spiderpool.spidernet.io in this cluster")
                .contains("User \"oidc:bob\" cannot create resource \"spiderippools\"");
        assertThat(API.find("spiderippools", "of-bob")).isNull();
    }

    @Test
    void aConsoleThatMayNotActForOthersSaysWhichRoleItLacks() {
        API.deny("impersonate", "users");
        try {
            var reply = create(token("ann", _ -> {}), "of-nobody");

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body().path("detail").asString(""))
                    .contains("the console may not act for oidc:ann", "underpass-impersonate");
            assertThat(API.find("spiderippools", "of-nobody")).isNull();
        } finally {
            API.allow("impersonate", "users");
        }
    }

    private String pools(String person) {
        return page(person, "/pools");
    }

    private String page(String person, String path) {
        return Objects.requireNonNull(Clients.of(port)
                .get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token(person, _ -> {})))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    @Test
    void whatThePersonMayNotDoIsDisabledWithTheVerbAndTheResource() {
        API.deny("oidc:dora", "create", "spiderippools");

        assertThat(pools("dora"))
                .contains(
                        "disabled>New pool</button>",
                        "oidc:dora may not create spiderippools.spiderpool.spidernet.io in this cluster (RBAC)")
                .doesNotContain("href=\"/pools/new\"");
        assertThat(pools("ann")).contains("href=\"/pools/new\"").doesNotContain("(RBAC)");
    }

    /// A network is made in a namespace that nobody has typed yet.
    @Test
    void aNewNetworkIsDisabledWhereEveryNamespaceRefusesIt() {
        API.deny("oidc:dora", "create", "spidermultusconfigs");

        assertThat(page("dora", "/networks"))
                .contains(
                        "disabled>New network</button>",
                        "oidc:dora may not create spidermultusconfigs.spiderpool.spidernet.io in this cluster (RBAC)")
                .doesNotContain("href=\"/networks/new\"");
        assertThat(page("ann", "/networks")).contains("href=\"/networks/new\"").doesNotContain("(RBAC)");
    }

    @Test
    void reservedAddressesThatThePersonMayNotEditAreNoLinks() {
        API.load("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderReservedIP, metadata: {name: printers},
                 spec: {ipVersion: 4, ips: [10.6.9.1]}}
                """);
        API.deny("oidc:dora", "patch", "spiderreservedips");
        analysis.snapshots()
                .filter(now -> !now.spiderpool().reservedIps().isEmpty())
                .blockFirst(Duration.ofSeconds(30));

        assertThat(page("dora", "/reservedips"))
                .contains(
                        ">printers</span>",
                        "oidc:dora may not patch spiderreservedips.spiderpool.spidernet.io in this cluster (RBAC)")
                .doesNotContain("/reservedips/printers/edit");
        assertThat(page("ann", "/reservedips"))
                .contains("/reservedips/printers/edit")
                .doesNotContain("(RBAC)");
    }

    @Test
    void addressesOfAPoolThatThePersonMayNotEditAreNotOfferedForExclusion() {
        assertThat(create(token("ann", _ -> {}), "of-ann").status()).isEqualTo(201);
        API.deny("oidc:gil", "patch", "spiderippools");
        analysis.snapshots()
                .filter(now -> !now.spiderpool().ipPools().isEmpty())
                .blockFirst(Duration.ofSeconds(30));

        assertThat(page("ann", "/pools/of-ann")).contains("/pools/of-ann/edit?exclude=10.6.1.1-10.6.1.9");
        assertThat(page("gil", "/pools/of-ann")).contains("10.6.1.1-10.6.1.9").doesNotContain("edit?exclude=");
    }

    @Test
    void whereNobodySaysWhatThePersonMayDoTheControlStaysAndTheServerJudges() {
        API.deny("oidc:emil", "create", "spiderippools");
        API.deny("oidc:emil", "create", "selfsubjectaccessreviews");

        assertThat(pools("emil")).contains("href=\"/pools/new\"").doesNotContain("(RBAC)");
        assertThat(create(token("emil", _ -> {}), "of-emil").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann\r\nImpersonate-Group: system:masters", "a\u0000b", "tab\there"})
    void aNameThatNoHeaderCarriesDoesNotComeIn(String name) {
        assertThat(create(token(name, _ -> {}), "hostile").status()).isEqualTo(401);
        assertThat(API.find("spiderippools", "hostile")).isNull();
    }

    @Test
    void namesOfOtherScriptsDoComeIn() {
        assertThat(create(token("王小明", _ -> {}), "of-wang").status()).isEqualTo(201);
    }

    @Test
    void theClustersOwnNamesAndGroupsAreNotGivenAway() {
        var bare = new Impersonation(true, "", "");

        assertThat(bare.forbids("system:admin")).isTrue();
        assertThat(bare.forbids("admin")).isFalse();
        assertThat(new Impersonation(true, "oidc:", "").forbids("system:admin")).isFalse();
        assertThat(new Impersonation(false, "", "").forbids("system:admin")).isFalse();
        assertThat(bare.of("ann", List.of("system:masters", "net", "a\nb")).groups())
                .containsExactly("net");
        assertThat(new Impersonation(true, "", "oidc:")
                        .of("ann", List.of("system:masters"))
                        .groups())
                .containsExactly("oidc:system:masters");
    }
}
