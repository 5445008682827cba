package dev.underpass.console.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.authentication.ReactiveOidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/// Reads the provider's tokens: signed by one of its keys (never by a shared secret, never not at all), of this issuer,
/// for us, and not expired.
final class Tokens implements ReactiveJwtDecoderFactory<ClientRegistration> {

    /// All that are asymmetric.
    private static final Set<JWSAlgorithm> ALGORITHMS = Arrays.stream(SignatureAlgorithm.values())
            .map(each -> JWSAlgorithm.parse(each.getName()))
            .collect(Collectors.toUnmodifiableSet());

    private final OidcSettings settings;
    private final Clock clock;
    private final WebClient web = ProviderAnswers.web();
    private final Map<String, ProviderKeys> keys = new ConcurrentHashMap<>();
    private final Map<String, ReactiveJwtDecoder> ofPeople = new ConcurrentHashMap<>();

    Tokens(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// Reads what the provider says about somebody who logs in.
    @Override
    public ReactiveJwtDecoder createDecoder(ClientRegistration registration) {
        return ofPeople.computeIfAbsent(registration.getRegistrationId(), _ -> {
            var decoder = idTokens(registration);
            return token -> judged(decoder, token);
        });
    }

    private ReactiveJwtDecoder idTokens(ClientRegistration registration) {
        var id = new OidcIdTokenValidator(registration);
        id.setClockSkew(settings.clockSkew());
        var decoder = decoder(registration, List.of(times(), id, JwtTypeValidator.jwt()));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(ReactiveOidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    /// Reads what a program sends with its requests.
    ReactiveJwtDecoder ofPrograms(Provider provider, String audience) {
        var types = new JwtTypeValidator("JWT", "at+jwt");
        types.setAllowEmpty(true);
        var decoder = provider.registration()
                .map(registration -> decoder(
                        registration,
                        List.of(
                                times(),
                                new JwtIssuerValidator(settings.issuer()),
                                new JwtAudienceValidator(audience),
                                types)))
                .cacheInvalidateIf(_ -> false);
        return token -> decoder.flatMap(each -> judged(each, token));
    }

    /// Reads by what the provider tells that a login is over.
    ReactiveJwtDecoder ofLogouts(Provider provider) {
        var types = new JwtTypeValidator("logout+jwt", "JWT");
        types.setAllowEmpty(true);
        var decoder = provider.registration()
                .map(registration -> {
                    var each = decoder(
                            registration,
                            List.of(
                                    times(),
                                    new JwtIssuerValidator(settings.issuer()),
                                    new JwtAudienceValidator(settings.clientId()),
                                    types,
                                    new LogoutClaims(clock, settings.clockSkew())));
                    // Others would add a time of issue where there is none.
                    each.setClaimSetConverter(new ClaimTypeConverter(
                            ReactiveOidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
                    return each;
                })
                .cacheInvalidateIf(_ -> false);
        return token -> decoder.flatMap(each -> judged(each, token));
    }

    private NimbusReactiveJwtDecoder decoder(
            ClientRegistration registration, List<OAuth2TokenValidator<Jwt>> validators) {
        var address = Objects.requireNonNull(
                registration.getProviderDetails().getJwkSetUri(), "the provider names no address of its keys");
        var decoder = NimbusReactiveJwtDecoder.withJwkSource(keys.computeIfAbsent(address, this::keys)::of)
                .jwtProcessorCustomizer(processor -> processor.setJWSKeySelector(
                        new JWSVerificationKeySelector<>(ALGORITHMS, new JWKSecurityContextJWKSet())))
                .validateType(false)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators));
        return decoder;
    }

    /// A token whose keys cannot be had is not a bad one.
    private static Mono<Jwt> judged(ReactiveJwtDecoder decoder, String token) {
        return decoder.decode(token)
                .onErrorMap(
                        IllegalStateException.class,
                        e -> new AuthenticationServiceException(String.valueOf(e.getMessage()), e));
    }

    private ProviderKeys keys(String address) {
        return new ProviderKeys(ProviderAnswers.text(web, address), clock);
    }

    private JwtTimestampValidator times() {
        var times = new JwtTimestampValidator(settings.clockSkew());
        times.setAllowEmptyExpiryClaim(false);
        return times;
    }

    /// The program that a token names, with its role.
    Mono<AbstractAuthenticationToken> program(Jwt token) {
        var claimed = token.getClaimAsString(settings.nameClaimOf(token.getClaims()));
        var name = claimed == null ? "unnamed" : claimed;
        if (settings.impersonation().forbids(name)) {
            return Mono.error(new InvalidBearerTokenException("a name that belongs to the cluster"));
        }
        return Mono.just(new JwtAuthenticationToken(token, settings.authorities(token.getClaims()), name));
    }
}
