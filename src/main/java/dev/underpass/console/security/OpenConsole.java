package dev.underpass.console.security;

import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

/// The console without a login: whoever is on this machine may do everything.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@Conditional(LoginConfigured.Not.class)
class OpenConsole {

    /// Whom the log of edits names.
    static final String NAME = "loopback";

    @Bean
    SecurityWebFilterChain everybody(ServerHttpSecurity http) {
        return http.headers(ServerHttpSecurity.HeaderSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .anonymous(all -> all.principal(NAME).authorities(Role.ADMIN.authority()))
                .csrf(FormTokens::inCookies)
                .addFilterBefore(
                        new VisitorFilter(_ -> Optional.empty()), SecurityWebFiltersOrder.EXCEPTION_TRANSLATION)
                .authorizeExchange(all -> all.anyExchange().permitAll())
                .build();
    }
}
