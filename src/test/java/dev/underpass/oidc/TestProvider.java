package dev.underpass.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/// A Spring Authorization Server on loopback, whose people and their roles a test decides. Everybody's password is
/// `password`.
public final class TestProvider {

    public static final String CLIENT = "console";
    public static final String SECRET = "secret";
    public static final String AUDIENCE = "underpass-api";

    /// The roles of people, by name.
    public final Map<String, List<String>> roles = new ConcurrentHashMap<>();

    /// Its newest session of people, by name.
    public final Map<String, String> sessions = new ConcurrentHashMap<>();

    /// How often somebody has asked for its keys.
    public final AtomicInteger keyRequests = new AtomicInteger();

    /// Who gets no tokens any more.
    public final Set<String> barred = ConcurrentHashMap.newKeySet();

    /// Whether it fails instead of giving tokens.
    public volatile boolean broken;

    /// Until when it gives no answer to who asks for tokens; null where it answers.
    public volatile @Nullable CountDownLatch silence;

    /// How often somebody has asked for tokens.
    public final AtomicInteger tokenRequests = new AtomicInteger();

    /// How long access tokens last.
    public volatile Duration accessTokens = Duration.ofMinutes(5);

    final Set<String> consoles = ConcurrentHashMap.newKeySet();
    final RSAKey key = newKey();

    private final Tomcat tomcat = new Tomcat();

    private TestProvider() {}

    private static final class Holder {
        private static final TestProvider ONE = started();
    }

    /// The provider of this run of tests; started when it is first asked for.
    public static TestProvider running() {
        return Holder.ONE;
    }

    private static TestProvider started() {
        try {
            var provider = new TestProvider();
            provider.start();
            return provider;
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException("the provider does not start", e);
        }
    }

    private void start() throws IOException, LifecycleException {
        var folder = Files.createTempDirectory("underpass-provider");
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var web = tomcat.addContext("", folder.toString());
        // Cookies know no ports: the console is another port of the same address.
        web.setSessionCookieName("PROVIDERSESSION");
        web.setRequestCharacterEncoding("UTF-8");
        var context = new AnnotationConfigWebApplicationContext();
        context.setServletContext(web.getServletContext());
        context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("testProvider", this));
        context.register(ProviderConfiguration.class);
        context.refresh();
        add(web, "counter", (request, response, chain) -> {
            var path = ((HttpServletRequest) request).getRequestURI();
            if (path.equals("/oauth2/jwks")) {
                keyRequests.incrementAndGet();
            } else if (path.equals("/oauth2/token")) {
                tokenRequests.incrementAndGet();
                keepSilence();
            }
            chain.doFilter(request, response);
        });
        add(web, "security", new DelegatingFilterProxy("springSecurityFilterChain", context));
        Tomcat.addServlet(web, "nothing", new jakarta.servlet.http.HttpServlet() {
                    private static final long serialVersionUID = 1;
                })
                .addMapping("/");
        tomcat.start();
    }

    private void keepSilence() {
        var until = silence;
        if (until != null) {
            try {
                until.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void add(Context web, String name, Filter filter) {
        var definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        web.addFilterDef(definition);
        var map = new FilterMap();
        map.setFilterName(name);
        map.addURLPattern("/*");
        web.addFilterMap(map);
    }

    public String issuer() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    /// Lets people come back to a console at this port of this machine.
    public void knows(int port) {
        knows("http://127.0.0.1:" + port);
    }

    /// Lets people come back to a console there; no slash at its end.
    public void knows(String console) {
        consoles.add(console);
    }

    static RSAKey newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .keyID("test")
                    .build();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A token for programs, good but for what is changed of its claims.
    public String token(String role, Consumer<JwtClaimsSet.Builder> changes) {
        return token(key, role, changes);
    }

    /// The same signed by somebody else with the same name for the key.
    public String forged(String role) {
        return token(newKey(), role, _ -> {});
    }

    /// A token whose key the provider does not have.
    public String ofUnknownKey(String key) {
        return token(new RSAKey.Builder(newKey()).keyID(key).build(), "admin", _ -> {});
    }

    /// A token that tells of somebody's logout, good but for what is changed of its claims.
    public String logout(Consumer<Map<String, Object>> changes) {
        return logout(key, changes);
    }

    /// The same signed by somebody else with the same name for the key.
    public String forgedLogout(Consumer<Map<String, Object>> changes) {
        return logout(newKey(), changes);
    }

    private String logout(RSAKey by, Consumer<Map<String, Object>> changes) {
        var claims = JwtClaimsSet.builder()
                .issuer(issuer())
                .audience(List.of(CLIENT))
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plusSeconds(120))
                .id(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                .claims(changes)
                .build();
        return signed(by, "logout+jwt", claims);
    }

    private String token(RSAKey by, String role, Consumer<JwtClaimsSet.Builder> changes) {
        var claims = JwtClaimsSet.builder()
                .issuer(issuer())
                .audience(List.of(AUDIENCE))
                .subject("robot-" + role)
                .issuedAt(Instant.now().minusSeconds(600))
                .expiresAt(Instant.now().plusSeconds(300))
                .claim("roles", List.of(role));
        changes.accept(claims);
        return signed(by, "JWT", claims.build());
    }

    private static String signed(RSAKey by, String type, JwtClaimsSet claims) {
        var header = JwsHeader.with(SignatureAlgorithm.RS256)
                .keyId(by.getKeyID())
                .type(type)
                .build();
        return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(by)))
                .encode(JwtEncoderParameters.from(header, claims))
                .getTokenValue();
    }
}
