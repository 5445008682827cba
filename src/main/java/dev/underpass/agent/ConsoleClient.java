package dev.underpass.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/// Speaks HTTP with the console. The token is read anew for every request: the kubelet renews its file.
final class ConsoleClient {

    /// How long a connection may take: an address that nobody has any more says nothing.
    static final Duration CONNECT = Duration.ofSeconds(2);

    /// How long the stream of commands may be silent: three of the console's heartbeats are missing then, and whoever
    /// vanished without a word is noticed.
    static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int MAX_ANSWER = 4_000;

    private final URI console;
    private final String node;
    private final @Nullable Path tokenFile;
    private final @Nullable Authorities authorities;

    ConsoleClient(URI console, String node, @Nullable Path tokenFile, @Nullable Path caFile) {
        this.console = console;
        this.node = node;
        this.tokenFile = tokenFile;
        this.authorities = caFile == null ? null : new Authorities(caFile);
    }

    /// What the console answered.
    ///
    /// @param changes whether it takes changes to the report that it was sent
    record Answer(int status, String body, boolean changes, String retryAfter) {}

    /// Returns if somebody takes a connection.
    ///
    /// @throws IOException if nobody does
    void reach() throws IOException {
        var connection = open("report", ANSWER);
        try {
            connection.connect();
        } finally {
            connection.disconnect();
        }
    }

    /// Sends a gzipped report.
    Answer put(byte[] report) throws IOException {
        var connection = open("report", ANSWER);
        try {
            connection.setRequestMethod("PUT");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty("Content-Encoding", "gzip");
            connection.setFixedLengthStreamingMode(report.length);
            try (var body = connection.getOutputStream()) {
                body.write(report);
            }
            int status = connection.getResponseCode();
            var changes = "accepted".equals(connection.getHeaderField("Underpass-Changes"));
            var retryAfter = connection.getHeaderField("Retry-After");
            return new Answer(status, body(connection, status), changes, retryAfter == null ? "" : retryAfter);
        } finally {
            connection.disconnect();
        }
    }

    private static String body(HttpURLConnection connection, int status) throws IOException {
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return body == null ? "" : new String(body.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
        }
    }

    /// Opens the stream of commands; it is the caller's to close.
    ///
    /// @throws IOException if the console does not give it
    InputStream commands() throws IOException {
        var connection = open("commands", SILENCE);
        connection.setRequestProperty("Accept", "text/event-stream");
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            var body = body(connection, status);
            connection.disconnect();
            throw new IOException("commands: status %d %s".formatted(status, body));
        }
        return connection.getInputStream();
    }

    private HttpURLConnection open(String what, Duration patience) throws IOException {
        var base = console.toString().replaceAll("/+$", "");
        var url = URI.create("%s/api/v1/nodes/%s/%s".formatted(base, encoded(node), what))
                .toURL();
        var connection = (HttpURLConnection) url.openConnection();
        if (connection instanceof HttpsURLConnection secure && authorities != null) {
            secure.setSSLSocketFactory(authorities.sockets());
        }
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        if (tokenFile != null) {
            connection.setRequestProperty(
                    "Authorization", "Bearer " + Files.readString(tokenFile).strip());
        }
        return connection;
    }

    private static String encoded(String node) {
        return java.net.URLEncoder.encode(node, StandardCharsets.UTF_8);
    }
}
