package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class ProxiesTest {

    private static MockServerHttpRequest.BaseBuilder<?> from(String peer, String path) {
        return MockServerHttpRequest.method(HttpMethod.GET, URI.create("http://10.0.0.9:8080" + path))
                .remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(peer), 4711));
    }

    private static Proxies proxies(String path, String... trusted) {
        return new Proxies(new ProxySettings(List.of(trusted), path));
    }

    @Test
    void nobodyIsBelievedUnlessNamed() {
        var request = from("127.0.0.1", "/pods?q=a")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Prefix", "/evil")
                .header("X-Forwarded-For", "192.0.2.1")
                .header("Forwarded", "for=192.0.2.1;host=evil.example;proto=https")
                .build();

        var seen = proxies("").apply(request);

        assertThat(seen.getURI()).hasToString("http://10.0.0.9:8080/pods?q=a");
        assertThat(seen.getPath().contextPath().value()).isEmpty();
        assertThat(seen.getRemoteAddress()).isEqualTo(request.getRemoteAddress());
        assertThat(seen.getHeaders().headerNames()).noneMatch(name -> name.contains("orwarded"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            192.168.7.1, /pods/a%20b?q=%20, /up,  https://console.example/up/pods/a%20b?q=%20
            192.168.7.1, /,                 /up/, https://console.example/up/
            192.168.7.1, /up,               /up,  https://console.example/up/up
            192.168.9.9, /pods,             /up,  http://10.0.0.9:8080/pods
            fd00::7,     /pods,             /a/b, https://console.example/a/b/pods
            """)
    void oneThatIsNamedIsBelieved(String peer, String path, String prefix, String seen) {
        var request = from(peer, path)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "console.example")
                .header("X-Forwarded-Prefix", prefix)
                .header("Forwarded", "host=evil.example;proto=http")
                .build();

        assertThat(proxies("", "192.168.7.0/24", "fd00::7").apply(request).getURI())
                .hasToString(seen);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            /desk/net/pods, /desk/net/pods, /pods
            /desk/net,      /desk/net,      ''
            /desk/net/,     /desk/net/,     /
            /desk/network,  /desk/net/desk/network, /desk/network
            /api/v1/nodes,  /desk/net/api/v1/nodes, /api/v1/nodes
            """)
    void thePathOfTheConsoleIsKnownWhetherOrNotItIsAskedFor(String asked, String path, String within) {
        var seen = proxies("/desk/net").apply(from("192.0.2.1", asked).build());

        assertThat(seen.getURI().getRawPath()).isEqualTo(path);
        assertThat(seen.getPath().contextPath().value()).isEqualTo("/desk/net");
        assertThat(seen.getPath().pathWithinApplication().value()).isEqualTo(within);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            198.51.100.9                          | 198.51.100.9
            192.0.2.7, 198.51.100.9               | 198.51.100.9
            192.0.2.7, 198.51.100.9, 10.1.2.3     | 198.51.100.9
            10.1.2.4, 10.1.2.3                    | 10.1.2.4
            192.0.2.7, unknown, 10.1.2.3          | 10.1.2.3
            [2001:db8::1]                         | 2001:db8:0:0:0:0:0:1
            console.example                       | 10.1.0.1
            ''                                    | 10.1.0.1
            """)
    void theSenderIsTheLastWhoIsNoProxyOfOurs(String told, String sender) {
        var request = from("10.1.0.1", "/").header("X-Forwarded-For", told).build();

        var seen = proxies("", "10.1.0.0/16").apply(request);

        assertThat(seen.getRemoteAddress())
                .extracting(address -> address.getAddress().getHostAddress())
                .isEqualTo(sender);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            X-Forwarded-Prefix, //evil.example
            X-Forwarded-Prefix, /a/../b
            X-Forwarded-Prefix, "/a""b"
            X-Forwarded-Prefix, underpass
            X-Forwarded-Proto,  javascript
            """)
    void whatCannotBeIsRefused(String name, String value) {
        var request = from("10.1.0.1", "/").header(name, value).build();
        var proxies = proxies("", "10.1.0.1");

        assertThatThrownBy(() -> proxies.apply(request)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"underpass", "/", "/a/", "/a/../b", "/a//b", "/ä", "/a?b"})
    void aPathThatIsNoneEndsTheStart(String path) {
        assertThatThrownBy(() -> proxies(path))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("underpass.proxy.path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.1/8"})
    void aProxyThatIsNoAddressEndsTheStart(String trusted) {
        assertThatThrownBy(() -> proxies("", trusted))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("underpass.proxy.trusted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"framework", "NATIVE"})
    void believingEverybodyEndsTheStart(String strategy) {
        var settings = new ProxySettings(List.of(), "");

        assertThatThrownBy(() -> new BehindProxies().proxies(settings, strategy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("underpass.proxy.trusted");
    }
}
