package dev.underpass.console.security;

import dev.underpass.kubeapi.LoopbackCertificate;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// A reverse proxy that ends TLS and shows the console under a path. What it passes on as it comes is what a browser
/// sends, but for the headers of {@link Kind}.
final class TlsProxy implements Closeable {

    /// Headers between two neighbours only (RFC 9110, 7.6.1).
    private static final List<CharSequence> OF_THIS_HOP = List.of(
            HttpHeaderNames.CONNECTION,
            HttpHeaderNames.TRANSFER_ENCODING,
            HttpHeaderNames.UPGRADE,
            HttpHeaderNames.TE,
            HttpHeaderNames.TRAILER);

    /// How it shows the console.
    enum Kind {
        /// Takes its path from the request, and says so.
        STRIPS("/underpass"),
        /// Leaves the path as it is: the console knows it.
        PASSES("/desk/net");

        final String path;

        Kind(String path) {
            this.path = path;
        }
    }

    private final Kind kind;
    private final LoopbackCertificate certificate;
    private final HttpClient console;
    private final DisposableServer server;

    private TlsProxy(Kind kind, LoopbackCertificate certificate, int console) throws IOException {
        var own = SslContextBuilder.forServer(
                        certificate.certificate().toFile(), certificate.key().toFile())
                .build();
        this.kind = kind;
        this.certificate = certificate;
        this.console = HttpClient.create()
                .host("127.0.0.1")
                .port(console)
                .disableRetry(true)
                .responseTimeout(Duration.ofMinutes(5));
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .secure(tls -> tls.sslContext(own))
                .handle(this::answer)
                .bindNow();
    }

    /// @param console its port
    static TlsProxy before(int console, Kind kind, LoopbackCertificate certificate) throws IOException {
        return new TlsProxy(kind, certificate, console);
    }

    /// Where the console is for people, without a slash at its end.
    String address() {
        return origin() + kind.path;
    }

    String origin() {
        return "https://127.0.0.1:" + server.port();
    }

    SSLContext trust() throws IOException {
        return certificate.trust();
    }

    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        var uri = request.uri();
        if (!uri.equals(kind.path) && !uri.startsWith(kind.path + "/") && !uri.startsWith(kind.path + "?")) {
            return response.sendNotFound();
        }
        var passed = kind == Kind.STRIPS ? slashed(uri.substring(kind.path.length())) : uri;
        return console.headers(headers -> forwarded(headers, request))
                .request(request.method())
                .uri(passed)
                .send(request.receive().retain())
                .response((answer, body) -> {
                    copy(answer, response);
                    return response.send(body.retain(), _ -> true);
                })
                .then();
    }

    private static String slashed(String rest) {
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private void forwarded(HttpHeaders headers, HttpServerRequest request) {
        headers.set(request.requestHeaders());
        OF_THIS_HOP.forEach(headers::remove);
        var peer = Objects.requireNonNull(request.remoteAddress());
        headers.set("X-Forwarded-Proto", "https")
                .set("X-Forwarded-Host", request.requestHeaders().get(HttpHeaderNames.HOST))
                .add("X-Forwarded-For", peer.getAddress().getHostAddress());
        if (kind == Kind.STRIPS) {
            headers.set("X-Forwarded-Prefix", kind.path);
        }
        if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                || request.requestHeaders().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return;
        }
        headers.set(HttpHeaderNames.CONTENT_LENGTH, "0");
    }

    private static void copy(HttpClientResponse from, HttpServerResponse to) {
        to.status(from.status());
        to.headers(from.responseHeaders().copy());
        to.responseHeaders().remove(HttpHeaderNames.CONNECTION);
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }
}
