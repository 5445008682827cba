package dev.underpass.console;

import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;

/// Sends forms as a browser does that has loaded one of our pages: with its token and cookies.
public final class FormClient {

    private static final Pattern TOKEN = Pattern.compile("<meta name=\"csrf\" content=\"([^\"]+)\"");

    private FormClient() {}

    /// The draft that a form leads to.
    public static String draft(int port, String path, MultiValueMap<String, String> form) {
        return Clients.page(port, sent(port, path, form));
    }

    /// Where a form leads.
    public static String sent(int port, String path, MultiValueMap<String, String> form) {
        var location = of(port).post()
                .uri(path)
                .body(BodyInserters.fromFormData(form))
                .exchange()
                .expectStatus()
                .isSeeOther()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getLocation();
        return String.valueOf(location);
    }

    /// A client with the token of a page that it has loaded.
    public static WebTestClient of(int port) {
        var client = Clients.of(port);
        var page = client.get()
                .uri("/setup")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();
        var token = TOKEN.matcher(Objects.requireNonNull(page.getResponseBody()));
        if (!token.find()) {
            throw new AssertionError("the page holds no token");
        }
        var cookies = page.getResponseCookies();
        return client.mutate()
                .defaultHeader("X-CSRF-TOKEN", token.group(1))
                .defaultCookies(kept -> cookies.forEach((name, values) ->
                        kept.add(name, Objects.requireNonNull(values.getLast()).getValue())))
                .build();
    }
}
