package dev.underpass.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a console is, and how one proves there who one is.
///
/// @param base without a slash at its end
/// @param token a bearer token; absent where none is sent
record ConsoleAddress(String base, @Nullable String token) {

    /// RFC 6750, what a bearer token is made of.
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /// Reads what the options say.
    ///
    /// @throws BadInputException if it is no URL, or the token cannot be read or would be sent as clear
    /// text
    static ConsoleAddress of(String console, @Nullable Path tokenFile) throws BadInputException {
        var uri = uri(console);
        var base = console.endsWith("/") ? console.substring(0, console.length() - 1) : console;
        if (tokenFile == null) {
            return new ConsoleAddress(base, null);
        }
        if ("http".equals(uri.getScheme()) && !isHere(uri.getHost())) {
            throw new BadInputException("--console: a token is sent by https only, or to this machine: " + console);
        }
        return new ConsoleAddress(base, token(tokenFile));
    }

    private static URI uri(String console) throws BadInputException {
        try {
            var uri = URI.create(console);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new BadInputException("--console: not an http or https URL: '" + console + "'");
    }

    private static boolean isHere(String host) {
        try {
            return host.equals("localhost")
                    || (host.matches("[0-9.]+|\\[.*\\]")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static String token(Path file) throws BadInputException {
        try {
            var token = Files.readString(file).strip();
            if (!TOKEN.matcher(token).matches()) {
                throw new BadInputException("--console-token-file: %s holds no bearer token".formatted(file));
            }
            return token;
        } catch (IOException e) {
            throw new BadInputException("--console-token-file: cannot be read: " + file);
        }
    }

    HttpRequest.Builder request(String place) {
        var request = HttpRequest.newBuilder(URI.create(place));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /// What was sent, for people.
    String credential() {
        return token == null ? "none: give one with --console-token-file" : "that of --console-token-file";
    }

    @Override
    public String toString() {
        return base;
    }
}
