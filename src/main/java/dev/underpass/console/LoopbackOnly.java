package dev.underpass.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Refuses to serve anybody but this machine, unless people log in.
@Component
class LoopbackOnly {

    /// What a stranger may see: whether the console is well, and numbers.
    private static final Set<String> HARMLESS = Set.of("health", "prometheus");

    LoopbackOnly(
            @Value("${server.address:127.0.0.1}") String address,
            @Value("${management.server.address:127.0.0.1}") String management,
            @Value("${management.endpoints.web.exposure.include:health}") Set<String> exposed,
            @Value("${underpass.security.oidc.issuer:}") String issuer)
            throws UnknownHostException {
        if (!isLoopback(address) && issuer.isBlank()) {
            throw new IllegalStateException(
                    "server.address is %s: without a login (underpass.security.oidc.issuer) the console serves loopback addresses only"
                            .formatted(address));
        }
        if (!isLoopback(management) && !HARMLESS.containsAll(exposed)) {
            throw new IllegalStateException(
                    "management.server.address is %s, and management.endpoints.web.exposure.include is %s: beyond loopback only %s may be served"
                            .formatted(
                                    management,
                                    exposed,
                                    String.join(
                                            " and ", HARMLESS.stream().sorted().toList())));
        }
    }

    private static boolean isLoopback(String address) throws UnknownHostException {
        return InetAddress.getByName(address).isLoopbackAddress();
    }
}
