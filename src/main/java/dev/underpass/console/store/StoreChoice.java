package dev.underpass.console.store;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// A console alone, unless another store is chosen.
@Configuration(proxyBeanMethods = false)
class StoreChoice {

    @Bean
    @Conditional(RedisChosen.Not.class)
    Store alone() {
        return Store.ALONE;
    }
}
