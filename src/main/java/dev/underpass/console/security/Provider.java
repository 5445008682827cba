package dev.underpass.console.security;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.underpass.console.RefusedException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import reactor.core.publisher.Mono;

/// The OpenID Connect provider. It is asked for its addresses until it has answered once, so that the console starts
/// without it.
final class Provider implements ReactiveClientRegistrationRepository {

    /// The name in the addresses of the login.
    static final String ID = "underpass";

    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
    private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    private final OidcSettings settings;
    private final Mono<ClientRegistration> registration;

    Provider(OidcSettings settings) {
        this.settings = settings;
        this.registration = ProviderAnswers.text(ProviderAnswers.web(), wellKnown(settings.issuer()))
                .map(this::registration)
                .doOnNext(_ -> LOG.info("People log in at {}", settings.issuer()))
                .doOnError(e -> LOG.warn(
                        "Nobody can log in: {} (underpass.security.oidc.issuer) does not answer as a provider: {}",
                        settings.issuer(),
                        String.valueOf(e.getMessage())))
                .onErrorMap(_ -> unreachable())
                .cache(_ -> FOREVER, _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    @Override
    public Mono<ClientRegistration> findByRegistrationId(String id) {
        return id.equals(ID) ? registration : Mono.empty();
    }

    Mono<ClientRegistration> registration() {
        return registration;
    }

    RefusedException unreachable() {
        return new RefusedException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "provider-unreachable",
                        "The provider of logins, %s, cannot be reached now, so that nobody can be let in. Try again soon."
                                .formatted(settings.issuer()))
                .with(HttpHeaders.RETRY_AFTER, "10");
    }

    /// Says at the start whether people can log in. What it found is logged where it is asked.
    @EventListener(ApplicationReadyEvent.class)
    void greet() {
        registration.subscribe(_ -> {}, _ -> {});
    }

    private static String wellKnown(String issuer) {
        return issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
    }

    /// @param published what the provider says of itself
    private ClientRegistration registration(String published) {
        var secret = settings.clientSecret();
        var builder = ClientRegistrations.fromOidcConfiguration(ofIssuer(published))
                .registrationId(ID)
                .clientId(settings.clientId())
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope(settings.scopes())
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build());
        return secret == null
                ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .build()
                : builder.clientSecret(secret).build();
    }

    private Map<String, Object> ofIssuer(String published) {
        try {
            var said = JSONObjectUtils.parse(published);
            if (!settings.issuer().equals(said.get("issuer"))) {
                throw new IllegalArgumentException("it says that it is " + said.get("issuer"));
            }
            return said;
        } catch (ParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
