package dev.underpass.net;

import java.util.Locale;

/// A link-layer address in the form `ip link` prints: `02:00:0a:06:d4:61`.
public record MacAddress(String text) {

    private static final int GROUP = 3;

    public MacAddress {
        text = text.toLowerCase(Locale.ROOT);
        if (!isForm(text)) {
            throw new IllegalArgumentException("not a link-layer address: " + text);
        }
    }

    /// Two or more octets of two hexadecimal digits. Not by regex: agents make very many.
    private static boolean isForm(String text) {
        boolean right = text.length() > GROUP && text.length() % GROUP == GROUP - 1;
        for (int i = 0; right && i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            right = i % GROUP == GROUP - 1 ? c == ':' : digit;
        }
        return right;
    }

    @Override
    public String toString() {
        return text;
    }
}
