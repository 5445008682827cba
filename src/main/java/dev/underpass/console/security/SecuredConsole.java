package dev.underpass.console.security;

import dev.underpass.console.RefusedException;
import dev.underpass.console.store.Store;
import java.time.Clock;
import java.util.HashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcReactiveOAuth2UserService;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserSource;
import org.springframework.security.oauth2.client.userinfo.DefaultReactiveOAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;

/// The console with a login: people come by an OpenID Connect provider, programs with its tokens.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties({OidcSettings.class, RateSettings.class})
@Conditional(LoginConfigured.class)
class SecuredConsole {

    @Bean
    Provider provider(OidcSettings settings) {
        return new Provider(settings);
    }

    @Bean
    Login login(
            OidcSettings settings,
            Provider provider,
            Clock clock,
            ObjectProvider<LiveSessions> shared,
            EndedLogins ended) {
        return new Login(settings, provider, clock, shared.getIfAvailable(), ended);
    }

    @Bean
    EndedLogins endedLogins(Store store, OidcSettings settings, Clock clock) {
        return new EndedLogins(store, settings.absoluteTimeout(), LogoutClaims.remembered(settings.clockSkew()), clock);
    }

    @Bean
    Tokens tokens(OidcSettings settings, Clock clock) {
        return new Tokens(settings, clock);
    }

    @Bean
    WebClientReactiveAuthorizationCodeTokenResponseClient codes() {
        var codes = new WebClientReactiveAuthorizationCodeTokenResponseClient();
        codes.setWebClient(ProviderAnswers.web());
        return codes;
    }

    @Bean
    Renewal renewal(
            OidcReactiveOAuth2UserService people,
            Tokens tokens,
            Provider provider,
            Clock clock,
            ObjectProvider<LiveSessions> shared) {
        var grants = new WebClientReactiveRefreshTokenTokenResponseClient();
        grants.setWebClient(ProviderAnswers.web());
        return new Renewal(grants, people, tokens, provider, clock, shared.getIfAvailable());
    }

    @Bean
    OidcReactiveOAuth2UserService people(OidcSettings settings) {
        var details = new DefaultReactiveOAuth2UserService();
        details.setWebClient(ProviderAnswers.web());
        var people = new OidcReactiveOAuth2UserService();
        people.setOauth2UserService(details);
        people.setOidcUserConverter(source -> Mono.fromCallable(() -> person(source, settings)));
        return people;
    }

    /// What the token says counts more than what can be asked about the person.
    private static OidcUser person(OidcUserSource source, OidcSettings settings) {
        var token = source.getUserRequest().getIdToken();
        var claims = new HashMap<String, Object>();
        var details = source.getUserInfo();
        if (details != null) {
            claims.putAll(details.getClaims());
        }
        claims.putAll(token.getClaims());
        var person = new DefaultOidcUser(settings.authorities(claims), token, details, settings.nameClaimOf(claims));
        if (settings.impersonation().forbids(person.getName())) {
            throw new OAuth2AuthenticationException("a name that belongs to the cluster: " + person.getName());
        }
        return person;
    }

    @Bean
    @Order(2)
    SecurityWebFilterChain everybodyElse(
            ServerHttpSecurity http,
            OidcSettings settings,
            Login login,
            Tokens tokens,
            Renewal renewal,
            RateSettings limits,
            Store store) {
        var audience = login.audience();
        if (audience != null) {
            http.oauth2ResourceServer(programs -> programs.authenticationEntryPoint(
                            (exchange, _) -> Mono.error(Login.unknown()))
                    .authenticationFailureHandler((_, e) -> Mono.error(login.refusal(e)))
                    .jwt(jwt -> jwt.jwtDecoder(tokens.ofPrograms(login.provider(), audience))
                            .jwtAuthenticationConverter(tokens::program)));
        }
        return http.headers(ServerHttpSecurity.HeaderSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .csrf(csrf -> FormTokens.ofSessions(csrf, audience != null))
                .oauth2Login(login::in)
                .logout(login::out)
                .exceptionHandling(refused -> refused.authenticationEntryPoint((exchange, _) -> Login.begin(exchange))
                        .accessDeniedHandler((exchange, _) -> Mono.error(denied(Access.who(exchange.getRequest())))))
                .addFilterBefore(login.sessions(), SecurityWebFiltersOrder.HTTP_HEADERS_WRITER)
                .addFilterBefore(renewal, SecurityWebFiltersOrder.SECURITY_CONTEXT_SERVER_WEB_EXCHANGE)
                .addFilterBefore(
                        new VisitorFilter(settings::impersonated), SecurityWebFiltersOrder.EXCEPTION_TRANSLATION)
                .addFilterBefore(
                        new TokenEnd(settings.clockSkew(), login.clock()),
                        SecurityWebFiltersOrder.EXCEPTION_TRANSLATION)
                .addFilterAfter(new RateLimits(limits, login.clock(), store), SecurityWebFiltersOrder.AUTHORIZATION)
                .authorizeExchange(all -> all.anyExchange().access(Access::decision))
                .build();
    }

    private static RefusedException denied(Access.Who who) {
        return new RefusedException(
                HttpStatus.FORBIDDEN,
                "not-permitted",
                who.role()
                        .map(role -> "This needs the role %s.".formatted(role.word()))
                        .orElse("Nobody may do this."));
    }
}
