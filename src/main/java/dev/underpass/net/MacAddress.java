package dev.underpass.net;

import java.util.Locale;
import java.util.regex.Pattern;

/// A link-layer address in the form `ip link` prints: `02:00:0a:06:d4:61`.
public record MacAddress(String text) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}(?::[0-9a-f]{2})+");

    public MacAddress {
        text = text.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a link-layer address: " + text);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
