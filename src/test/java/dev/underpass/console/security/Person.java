package dev.underpass.console.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Somebody with a browser, as far as it follows redirects and keeps cookies.
final class Person {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final String console;
    private final String provider;
    private final String name;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client;
    private String callback = "";

    Person(String console, String provider, String name) {
        this(console, provider, name, HttpClient.newBuilder());
    }

    private Person(String console, String provider, String name, HttpClient.Builder http) {
        this.console = console;
        this.provider = provider;
        this.name = name;
        this.client = http.cookieHandler(cookies).build();
    }

    /// Somebody who comes by a proxy.
    static Person behind(TlsProxy proxy, String provider, String name) throws IOException {
        var http = HttpClient.newBuilder().sslContext(proxy.trust()).version(HttpClient.Version.HTTP_1_1);
        return new Person(proxy.address(), provider, name, http);
    }

    /// What the page that was asked for is in the end.
    HttpResponse<String> logIn(String path) {
        var page = get(path, true);
        if (!page.uri().toString().startsWith(provider + "/login")) {
            throw new AssertionError("not at the provider but at " + page.uri() + ": " + page.body());
        }
        var form = "username=%s&password=password&_csrf=%s".formatted(name, token(page.body()));
        return follow(send(form(provider + "/login", form)));
    }

    /// The token of the first form of a page.
    static String token(String html) {
        var token = TOKEN.matcher(html);
        if (!token.find()) {
            throw new AssertionError("no token in " + html);
        }
        return java.net.URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
    }

    /// Where the provider sent the browser back to, last.
    String callback() {
        return callback;
    }

    HttpResponse<String> get(String path, boolean following) {
        var answer = send(HttpRequest.newBuilder(uri(path)).build());
        return following ? follow(answer) : answer;
    }

    private URI uri(String path) {
        return URI.create(path.startsWith("/") ? console + path : path);
    }

    private HttpResponse<String> follow(HttpResponse<String> answer) {
        var last = answer;
        for (int i = 0; i < 10 && last.statusCode() / 100 == 3; i++) {
            var to = last.uri().resolve(last.headers().firstValue("Location").orElseThrow());
            if (to.getPath().contains("/login/oauth2/code/")) {
                callback = to.toString();
            }
            last = send(HttpRequest.newBuilder(to).build());
        }
        return last;
    }

    HttpResponse<String> post(String path, String form) {
        return send(form(console + path, form));
    }

    private static HttpRequest form(String uri, String form) {
        return HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    HttpResponse<String> json(String path, String json, String token) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("X-CSRF-TOKEN", java.net.URLDecoder.decode(token, StandardCharsets.UTF_8))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /// A stream, once its answer has begun.
    BufferedReader stream(String path) {
        try {
            var answer =
                    client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofInputStream());
            return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<HttpCookie> cookie(String called) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(called))
                .findFirst();
    }

    /// The values of all cookies of that name.
    List<String> cookies(String called) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(called))
                .map(HttpCookie::getValue)
                .toList();
    }

    void setCookie(String called, String value) {
        var cookie = new HttpCookie(called, value);
        cookie.setPath("/");
        // As the client writes the domain of what the console sets, so that one takes the other's place.
        cookie.setDomain("127.0.0.1");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(console), cookie);
    }

    void forget(String called) {
        cookie(called).ifPresent(cookie -> cookies.getCookieStore().remove(null, cookie));
    }
}
