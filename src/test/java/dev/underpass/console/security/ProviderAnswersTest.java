package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import reactor.test.StepVerifier;

/// Answers of a provider that are none.
class ProviderAnswersTest {

    private static void isAway(String address) {
        StepVerifier.create(ProviderAnswers.text(ProviderAnswers.web(), address))
                .verifyErrorSatisfies(e -> assertThat(e).isInstanceOf(AuthenticationServiceException.class));
    }

    @Test
    void nobodyWhoListensIsAway() {
        isAway("http://127.0.0.1:1/keys");
    }

    @Test
    void anEmptyAnswerIsNone() throws Exception {
        var provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        provider.start();
        try {
            isAway("http://127.0.0.1:" + provider.getAddress().getPort() + "/keys");
        } finally {
            provider.stop(0);
        }
    }
}
