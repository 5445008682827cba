package dev.underpass.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
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

    /// Who gets no tokens any more.
    public final Set<String> barred = ConcurrentHashMap.newKeySet();

    /// Whether it fails instead of giving tokens.
    public volatile boolean broken;

    /// How long access tokens last.
    public volatile Duration accessTokens = Duration.ofMinutes(5);

    final Set<Integer> consoles = ConcurrentHashMap.newKeySet();
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
        var definition = new FilterDef();
        definition.setFilterName("security");
        definition.setFilter(new DelegatingFilterProxy("springSecurityFilterChain", context));
        web.addFilterDef(definition);
        var map = new FilterMap();
        map.setFilterName("security");
        map.addURLPattern("/*");
        web.addFilterMap(map);
        Tomcat.addServlet(web, "nothing", new jakarta.servlet.http.HttpServlet() {
                    private static final long serialVersionUID = 1;
                })
                .addMapping("/");
        tomcat.start();
    }

    public String issuer() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    /// Lets people come back to a console at this port of this machine.
    public void knows(int port) {
        consoles.add(port);
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

    private String token(RSAKey by, String role, Consumer<JwtClaimsSet.Builder> changes) {
        var claims = JwtClaimsSet.builder()
                .issuer(issuer())
                .audience(List.of(AUDIENCE))
                .subject("robot-" + role)
                .issuedAt(Instant.now().minusSeconds(600))
                .expiresAt(Instant.now().plusSeconds(300))
                .claim("roles", List.of(role));
        changes.accept(claims);
        var encoder = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(by)));
        return encoder.encode(JwtEncoderParameters.from(
                        JwsHeader.with(SignatureAlgorithm.RS256).keyId("test").build(), claims.build()))
                .getTokenValue();
    }
}
