package dev.underpass.console.security;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What stands before the console.
///
/// @param trusted the addresses of proxies whose `X-Forwarded-*` count, such as `10.0.0.7` or `10.233.64.0/18`;
/// nobody's
/// do by default
/// @param path under which people find the console, such as `/underpass`; empty for all of a host
@ConfigurationProperties(prefix = ProxySettings.PREFIX, ignoreUnknownFields = false)
record ProxySettings(
        @DefaultValue List<String> trusted,
        @DefaultValue("") String path) {

    static final String PREFIX = "underpass.proxy";

    private static final Pattern PATH = Pattern.compile("(/(?!\\.\\.?(/|$))[A-Za-z0-9._~-]+)+");
    private static final int LONGEST_PATH = 200;

    ProxySettings {
        trusted = trusted.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        trusted.forEach(ProxySettings::prefix);
        if (!path.isEmpty() && !isPath(path)) {
            throw wrong("path", "'%s' is no path such as /underpass".formatted(path));
        }
    }

    /// Whether it is a path of plain names, without a slash at its end.
    static boolean isPath(String text) {
        return text.length() <= LONGEST_PATH && PATH.matcher(text).matches();
    }

    private static IpPrefix prefix(String text) {
        try {
            if (text.contains("/")) {
                return IpPrefix.parse(text);
            }
            var address = IpAddress.parse(text);
            return new IpPrefix(address, address.family().bits());
        } catch (IllegalArgumentException e) {
            throw wrong("trusted", "'%s' is neither an address nor a network: %s".formatted(text, e.getMessage()));
        }
    }

    private static IllegalStateException wrong(String name, String reason) {
        return new IllegalStateException("%s.%s: %s".formatted(PREFIX, name, reason));
    }

    /// Whether what comes from there is believed about others.
    boolean trusts(@Nullable InetSocketAddress peer) {
        var address = peer == null ? null : peer.getAddress();
        return address != null && trusts(address);
    }

    boolean trusts(InetAddress address) {
        var plain = IpAddress.parse(address.getHostAddress().replaceFirst("%.*", ""));
        return trusted.stream().map(ProxySettings::prefix).anyMatch(prefix -> prefix.contains(plain));
    }
}
