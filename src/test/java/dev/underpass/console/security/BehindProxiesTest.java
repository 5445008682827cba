package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.Clients;
import dev.underpass.console.security.TlsProxy.Kind;
import dev.underpass.kubeapi.LoopbackCertificate;
import dev.underpass.oidc.TestProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The console behind proxies that end TLS and show it under a path: whatever it says of addresses keeps scheme, host
/// and path.
@ProxiedConsoleTest
class BehindProxiesTest {

    private static final TestProvider PROVIDER = TestProvider.running();
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s([a-zA-Z:-]+)=\"(/[^\"]*)\"");
    private static final Pattern LINK = Pattern.compile("<a [^>]*?href=\"([^\"]*)\"");
    /// What an example of an input field shows is no address.
    private static final List<String> WORDS =
            List.of("placeholder", "value", "content", "title", "aria-label", "data-keymap");

    /// Of pages whose addresses have as many parts and begin alike.
    private static final int MOST_ALIKE = 4;

    private static final List<String> SEEDS = List.of(
            "/",
            "/nowhere",
            "/pods?q=foo:bar",
            "/pods/lab/u1",
            "/pods/lab/u1/routes?dst=10.233.42.26",
            "/pods/lab/u1/services",
            "/pods/lab/u1/interfaces",
            "/pods/lab/u1/yaml",
            "/findings/U22/workloads",
            "/trace?from=lab/u1&amp;to=lab/web:80&amp;compare=lab/u2",
            "/topology?level=node&amp;id=node1&amp;group=node",
            "/topology?view=table&amp;sel=node:node1",
            "/coordinator/default/delete",
            "/networks/new",
            "/palette?q=10.6",
            "/settings?saved=true",
            "/signed-out");

    private static @Nullable LoopbackCertificate certificate;

    @LocalServerPort
    private int port;

    @Value("${local.management.port}")
    private int management;

    private @Nullable TlsProxy proxy;

    @BeforeAll
    static void certified(@TempDir Path folder) throws IOException {
        certificate = LoopbackCertificate.of("proxy", folder);
    }

    @BeforeEach
    void people() {
        PROVIDER.roles.put("ada", List.of("admin"));
    }

    @AfterEach
    void stop() {
        if (proxy != null) {
            proxy.close();
        }
    }

    private TlsProxy proxy(Kind kind) throws IOException {
        var made = TlsProxy.before(port, kind, Objects.requireNonNull(certificate));
        PROVIDER.knows(made.address());
        proxy = made;
        return made;
    }

    private static Person ada(TlsProxy behind) throws IOException {
        return Person.behind(behind, PROVIDER.issuer(), "ada");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyAddressOnEveryPageKeepsThePath(Kind kind) throws IOException {
        var behind = proxy(kind);
        var ada = ada(behind);
        var first = ada.logIn("/");
        assertThat(first.uri().toString()).isEqualTo(behind.address() + "/");
        var pages = new TreeMap<String, Integer>();
        var astray = new TreeSet<String>();
        var alike = new TreeMap<String, Integer>();
        var ahead =
                new ArrayDeque<>(SEEDS.stream().map(path -> kind.path + path).toList());

        while (!ahead.isEmpty()) {
            var path = ahead.remove();
            var shape = path.replaceFirst("\\?.*", "?").replaceAll("(?<=.)/[^/?]+(?=[/?]|$)", "/-");
            boolean seed = pages.size() < SEEDS.size();
            if (pages.containsKey(path)
                    || path.contains("/api/")
                    || (!seed && alike.merge(first(path) + shape, 1, Integer::sum) > MOST_ALIKE)) {
                continue;
            }
            var page = ada.get(behind.origin() + path.replace("&amp;", "&"), true);
            pages.put(path, page.statusCode());
            ATTRIBUTE
                    .matcher(page.body())
                    .results()
                    .filter(match -> !WORDS.contains(match.group(1)))
                    .filter(match -> !match.group(2).startsWith(kind.path + "/"))
                    .forEach(match -> astray.add(match.group(1) + " " + match.group(2) + " on " + path));
            LINK.matcher(page.body())
                    .results()
                    .map(match -> match.group(1).replaceFirst("#.*", ""))
                    .filter(link -> link.startsWith("/"))
                    .forEach(ahead::add);
        }

        assertThat(astray).isEmpty();
        pages.remove(kind.path + "/nowhere");
        assertThat(pages.values()).allMatch(status -> status == 200);
        assertThat(pages.keySet())
                .contains(kind.path + "/coordinator/default/edit", kind.path + "/setup", kind.path + "/pools/v4-10-7")
                .hasSizeGreaterThan(60);
    }

    private static String first(String path) {
        return path.replaceFirst("^/(underpass|desk/net)", "").replaceFirst("^(/[^/?]*).*", "$1");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void cookiesAreForThePathAndLeaveTheBrowserEncryptedOnly(Kind kind) throws IOException {
        var behind = proxy(kind);
        var ada = ada(behind);
        var page = ada.logIn("/settings");
        ada.post("/settings", "theme=dark&density=compact&language=en&_csrf=" + Person.token(page.body()));

        var paths = new LinkedHashMap<String, String>();
        for (var name : List.of("SESSION", "underpass-form", "underpass-theme")) {
            paths.put(name, ada.cookie(name).orElseThrow().getPath().replaceFirst("/$", ""));
        }

        assertThat(paths.values()).containsOnly(kind.path);
        assertThat(ada.cookie("SESSION").orElseThrow().getSecure()).isTrue();
        assertThat(ada.cookie("underpass-form").orElseThrow().getSecure()).isTrue();
        assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void answersOfTheApiNameAddressesAsTheBrowserKnowsThem(Kind kind) throws IOException {
        var behind = proxy(kind);
        var ada = ada(behind);
        ada.logIn("/");

        assertThat(ada.get(behind.address() + "/v3/api-docs", true).body())
                .contains("\"url\":\"" + behind.address() + "\"");
        assertThat(ada.get(behind.address() + "/api/v1/pods/lab/nobody", true).body())
                .contains("\"instance\":\"" + kind.path + "/api/v1/pods/lab/nobody\"");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLogoutLeadsBackUnderThePath(Kind kind) throws IOException {
        var behind = proxy(kind);
        var ada = ada(behind);
        var page = ada.logIn("/pods?q=ns:lab");
        assertThat(page.uri().toString()).isEqualTo(behind.address() + "/pods?q=ns:lab");

        var out = ada.post("/logout", "_csrf=" + Person.token(page.body()));
        var landed = ada.get(out.headers().firstValue("Refresh").orElseThrow().substring("0; url=".length()), true);

        assertThat(landed.uri().toString()).isEqualTo(behind.address() + "/signed-out");
        assertThat(ada.cookie("SESSION")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void thePathWithoutASlashLeadsToTheFirstPage(Kind kind) throws IOException {
        var behind = proxy(kind);
        var ada = ada(behind);
        ada.logIn("/");

        var page = ada.get(behind.origin() + kind.path + "?a=b", true);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Overview");
    }

    @Test
    void whoComesPastTheProxyNeedsNoPath() {
        var ada = new Person("http://127.0.0.1:" + port, PROVIDER.issuer(), "ada");

        assertThat(ada.get("/assets/nothing.js", true).statusCode()).isEqualTo(404);
        assertThat(ada.get("http://127.0.0.1:" + management + "/actuator/health", true)
                        .statusCode())
                .isEqualTo(200);
        assertThat(ada.get("/api/v1/overview", true).statusCode()).isEqualTo(401);
    }

    @Test
    void theAuditLogNamesWhoSentItAndNotTheProxy() throws IOException {
        var audit = Path.of("target/audit-behind-proxies.jsonl");
        long before = Files.exists(audit) ? Files.size(audit) : 0;

        Clients.of(port)
                .get()
                .uri("/api/v1/overview")
                .header("X-Forwarded-For", "192.0.2.7, 198.51.100.9, 127.0.0.1")
                .exchange()
                .expectStatus()
                .isUnauthorized();

        assertThat(Files.readString(audit).substring((int) before)).contains("\"from\":\"198.51.100.9\"");
    }
}
