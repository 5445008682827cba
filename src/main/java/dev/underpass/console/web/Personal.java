package dev.underpass.console.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.util.MultiValueMap;

/// How one person wants the pages, as their cookies say. A cookie that says nothing known counts as none.
///
/// @param language a tag of `LANGUAGES`, or empty for the browser's
/// @param theme of `THEMES`
/// @param density of `DENSITIES`
/// @param keys whether single keys do things
/// @param keymap which ones
/// @param zone in which times are told
record Personal(String language, String theme, String density, boolean keys, Keymap keymap, ZoneId zone) {

    static final List<String> LANGUAGES = List.of("en", "zh-CN");
    static final List<String> THEMES = List.of("system", "light", "dark", "contrast");
    static final List<String> DENSITIES = List.of("comfortable", "compact");

    static final String LANGUAGE_COOKIE = "underpass-language";
    static final String THEME_COOKIE = "underpass-theme";
    static final String DENSITY_COOKIE = "underpass-density";
    static final String KEYS_COOKIE = "underpass-keys";
    static final String KEYMAP_COOKIE = "underpass-keymap";
    static final String ZONE_COOKIE = "underpass-zone";

    private static final int LONGEST_ZONE = 64;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");

    static Personal of(MultiValueMap<String, HttpCookie> cookies) {
        return of(
                value(cookies, LANGUAGE_COOKIE),
                value(cookies, THEME_COOKIE),
                value(cookies, DENSITY_COOKIE),
                value(cookies, KEYS_COOKIE),
                Keymap.of(value(cookies, KEYMAP_COOKIE)),
                // A cookie's value may hold no slash, as Asia/Shanghai does.
                value(cookies, ZONE_COOKIE).replace('.', '/'));
    }

    static Personal of(String language, String theme, String density, String keys, Keymap keymap, String zone) {
        return new Personal(
                LANGUAGES.contains(language) ? language : "",
                THEMES.contains(theme) ? theme : THEMES.getFirst(),
                DENSITIES.contains(density) ? density : DENSITIES.getFirst(),
                !keys.equals("off"),
                keymap,
                knownZone(zone));
    }

    private static String value(MultiValueMap<String, HttpCookie> cookies, String name) {
        var cookie = cookies.getFirst(name);
        return cookie == null ? "" : cookie.getValue();
    }

    private static ZoneId knownZone(String text) {
        var zone = zone(text);
        return zone == null ? ZoneOffset.UTC : zone;
    }

    /// The zone of that name or offset; absent where there is none.
    static @Nullable ZoneId zone(String text) {
        if (text.isEmpty() || text.length() > LONGEST_ZONE) {
            return null;
        }
        try {
            var zone = ZoneId.of(text);
            return zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// What people call the zone.
    String zoneName() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /// The instant to the second; in UTC as RFC 3339 writes it.
    String time(Instant instant) {
        var second = instant.truncatedTo(ChronoUnit.SECONDS);
        return zone.equals(ZoneOffset.UTC) ? second.toString() : TIME.format(second.atZone(zone));
    }
}
