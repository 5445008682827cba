package dev.underpass.console.mutes;

import dev.underpass.console.mutes.Mutes.Wish;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Mutes a finding for a while, and ends that.
@RestController
@RequestMapping("/api/v1/findings/{code}/mute")
class MutesController {

    private final Muting muting;

    MutesController(Muting muting) {
        this.muting = muting;
    }

    /// @param reason at most 500 characters
    /// @param hours how long: 1 to 2160, which are 90 days
    record MuteRequest(@Nullable String reason, @Nullable Integer hours) {

        Wish of(String code) {
            return new Wish(code.toUpperCase(Locale.ROOT), reason == null ? "" : reason, hours == null ? 0 : hours);
        }
    }

    @PostMapping
    Mono<MuteView> mute(@PathVariable String code, @RequestBody MuteRequest request, ServerWebExchange exchange) {
        return muting.mute(request.of(code), exchange).map(MuteView::of);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> unmute(@PathVariable String code, ServerWebExchange exchange) {
        return muting.unmute(code.toUpperCase(Locale.ROOT), exchange).then();
    }
}
