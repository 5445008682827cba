package dev.underpass.console.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;

/// Where agents come in. Their tokens are the cluster's own, not the provider's: the intake of reports checks them.
@Configuration(proxyBeanMethods = false)
@Conditional(LoginConfigured.class)
class AgentsChain {

    @Bean
    @Order(1)
    SecurityWebFilterChain agents(ServerHttpSecurity http) {
        return http.securityMatcher(exchange -> Access.who(exchange.getRequest()) == Access.Who.AGENT_OF_THE_NODE
                        ? MatchResult.match()
                        : MatchResult.notMatch())
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(all -> all.anyExchange().permitAll())
                .build();
    }
}
