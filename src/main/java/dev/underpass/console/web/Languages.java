package dev.underpass.console.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;

/// The language of an answer: what the person chose, else what their browser asks for, else English.
@Component("localeContextResolver")
class Languages extends AcceptHeaderLocaleContextResolver {

    private static final List<Locale> SPOKEN =
            Personal.LANGUAGES.stream().map(Locale::forLanguageTag).toList();

    @Override
    public LocaleContext resolveLocaleContext(ServerWebExchange exchange) {
        var chosen = Personal.of(exchange.getRequest().getCookies()).language();
        return new SimpleLocaleContext(
                chosen.isEmpty()
                        ? asked(exchange.getRequest().getHeaders().getFirst("Accept-Language"))
                        : Locale.forLanguageTag(chosen));
    }

    /// The first language of the header that the console speaks; any Chinese is taken for simplified Chinese.
    static Locale asked(@Nullable String header) {
        if (header == null) {
            return SPOKEN.getFirst();
        }
        try {
            for (var range : Locale.LanguageRange.parse(header)) {
                for (var spoken : SPOKEN) {
                    if (range.getWeight() > 0
                            && range.getRange().split("-", 2)[0].equals(spoken.getLanguage())) {
                        return spoken;
                    }
                }
            }
        } catch (IllegalArgumentException _) {
            // No header of RFC 9110: the same as none.
        }
        return SPOKEN.getFirst();
    }
}
