package dev.underpass.console.web;

import dev.underpass.console.security.LocalPath;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The settings of one person, kept in cookies.
@Controller
class SettingsController {

    private static final Duration KEPT = Duration.ofDays(365);
    private static final String HERE = "/settings";
    private static final List<String> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().toList();

    /// What the page shows.
    ///
    /// @param zone as it was typed, or as it is
    /// @param error what is wrong with it, empty when nothing is
    record SettingsPage(Personal chosen, String zone, String back, boolean saved, String error, List<String> zones) {

        public List<Keymap.Does> does() {
            return List.of(Keymap.Does.values());
        }

        /// What is wrong with the keys.
        public Map<Keymap.Does, String> wrong() {
            return chosen.keymap().wrong();
        }

        public List<String> languages() {
            return Personal.LANGUAGES;
        }

        public List<String> themes() {
            return Personal.THEMES;
        }

        public List<String> densities() {
            return Personal.DENSITIES;
        }
    }

    @GetMapping(HERE)
    Rendering settings(
            ServerWebExchange exchange,
            @RequestParam(defaultValue = "") String back,
            @RequestParam(defaultValue = "false") boolean saved) {
        var personal = Personal.of(exchange.getRequest().getCookies());
        return page(new SettingsPage(personal, personal.zoneName(), local(back), saved, "", ZONES));
    }

    private static Rendering page(SettingsPage page) {
        return Rendering.view("settings").modelAttribute("page", page).build();
    }

    @PostMapping(HERE)
    Mono<Rendering> save(ServerWebExchange exchange) {
        return exchange.getFormData().map(form -> saved(exchange, form));
    }

    private static Rendering saved(ServerWebExchange exchange, MultiValueMap<String, String> form) {
        var zone = text(form, "zone").strip();
        var chosen = Personal.of(
                text(form, "language"),
                text(form, "theme"),
                text(form, "density"),
                form.containsKey("keys") ? "" : "off",
                keymap(form),
                zone);
        var back = local(text(form, "back"));
        boolean unknown = !zone.isEmpty() && Personal.zone(zone) == null;
        if (unknown || !chosen.keymap().wrong().isEmpty()) {
            return page(new SettingsPage(chosen, zone, back, false, unknown ? zone : "", ZONES));
        }
        keep(exchange, Personal.LANGUAGE_COOKIE, chosen.language());
        keep(exchange, Personal.THEME_COOKIE, chosen.theme());
        keep(exchange, Personal.DENSITY_COOKIE, chosen.density());
        keep(exchange, Personal.KEYS_COOKIE, chosen.keys() ? "" : "off");
        keep(exchange, Personal.KEYMAP_COOKIE, chosen.keymap().cookie());
        keep(exchange, Personal.ZONE_COOKIE, zone.isEmpty() ? "" : zone.replace('/', '.'));
        return seeOther(exchange, back.equals(HERE) ? HERE + "?saved=true" : back);
    }

    /// A key that the form does not tell of stays the standard one.
    private static Keymap keymap(MultiValueMap<String, String> form) {
        return new Keymap(Stream.of(Keymap.Does.values())
                .map(does -> {
                    var typed = form.getFirst("key." + does);
                    return typed == null ? Keymap.STANDARD.key(does) : typed.strip();
                })
                .toList());
    }

    private static Rendering seeOther(ServerWebExchange exchange, String path) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        return Rendering.redirectTo(path).status(HttpStatus.SEE_OTHER).build();
    }

    private static String text(MultiValueMap<String, String> form, String field) {
        var value = form.getFirst(field);
        return value == null ? "" : value;
    }

    private static void keep(ServerWebExchange exchange, String name, String value) {
        exchange.getResponse()
                .addCookie(ResponseCookie.from(name, value)
                        .path(exchange.getRequest().getPath().contextPath().value() + "/")
                        .sameSite("Lax")
                        .maxAge(value.isEmpty() ? Duration.ZERO : KEPT)
                        .build());
    }

    /// A path of this console; the settings page itself in place of anything else.
    static String local(String back) {
        return LocalPath.of(back, HERE);
    }
}
