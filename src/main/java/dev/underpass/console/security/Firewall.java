package dev.underpass.console.security;

import dev.underpass.console.RefusedException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/// Refuses addresses that two programs could read differently. What only a name could hold is left to the pages, which
/// then say that there is none of that name.
@Configuration(proxyBeanMethods = false)
class Firewall {

    @Bean
    StrictServerWebExchangeFirewall firewallOfAddresses() {
        var firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedCarriageReturn(true);
        firewall.setAllowUrlEncodedLineFeed(true);
        firewall.setAllowUrlEncodedLineSeparator(true);
        firewall.setAllowUrlEncodedParagraphSeparator(true);
        return firewall;
    }

    @Bean
    ServerExchangeRejectedHandler rejectedAddresses() {
        return (exchange, _) -> PlainRefusal.of(
                new RefusedException(
                        HttpStatus.BAD_REQUEST,
                        "ambiguous-request",
                        "The method, the address or a header holds what is not served: such as ';', '//', an encoded"
                                + " slash or a control character."),
                exchange);
    }
}
