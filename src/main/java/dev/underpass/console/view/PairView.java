package dev.underpass.console.view;

import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Target;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A verdict as JSON.
public record PairView(
        String from,
        To to,
        String disposition,
        @Nullable String code,
        String summary,
        String confidence,
        List<BackendView> backends) {

    /// The target of a pair.
    public record To(@Nullable String service, String address, int port, String protocol) {

        public static To of(Target target) {
            return new To(
                    text(target.service()),
                    target.address().toString(),
                    target.port(),
                    target.protocol().name());
        }
    }

    /// One backend of the target.
    public record BackendView(
            String address,
            int port,
            @Nullable String pod,
            String disposition,
            @Nullable String code) {}

    public static PairView of(Verdict verdict) {
        return new PairView(
                verdict.from().toString(),
                To.of(verdict.to()),
                verdict.disposition().name(),
                verdict.code(),
                verdict.summary().toString(),
                verdict.confidence().name().toLowerCase(Locale.ROOT),
                backends(verdict));
    }

    /// The backends of a verdict.
    public static List<BackendView> backends(Verdict verdict) {
        return verdict.backends().stream()
                .map(each -> new BackendView(
                        each.address().toString(),
                        each.port(),
                        text(each.pod()),
                        each.disposition().name(),
                        each.code()))
                .toList();
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
