package dev.underpass.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Refuses to serve anybody but this machine: this version has no login.
@Component
class LoopbackOnly {

    LoopbackOnly(
            @Value("${server.address:127.0.0.1}") String address,
            @Value("${management.server.address:127.0.0.1}") String management)
            throws UnknownHostException {
        check("server.address", address);
        check("management.server.address", management);
    }

    private static void check(String property, String address) throws UnknownHostException {
        if (!InetAddress.getByName(address).isLoopbackAddress()) {
            throw new IllegalStateException("%s is %s: without a login the console serves loopback addresses only"
                    .formatted(property, address));
        }
    }
}
