package dev.underpass.console.edit;

import dev.underpass.console.RefusedException;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Who asks for an edit, and how.
///
/// @param ifMatch the header that names the version which the edit began with; absent without one
/// @param undoes the id of the edit that this one takes back; absent when it is one of its own
record EditRequest(
        String who,
        @Nullable String ifMatch,
        boolean dryRun,
        boolean force,
        @Nullable String undoes) {

    /// Who is nobody, because the console has no login and serves this machine only.
    static final String LOOPBACK = "loopback";

    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"([^\"]*)\"\\s*");

    static Mono<EditRequest> of(ServerWebExchange exchange, @Nullable String ifMatch, boolean dryRun, boolean force) {
        return exchange.getPrincipal()
                .map(Principal::getName)
                .defaultIfEmpty(LOOPBACK)
                .map(who -> new EditRequest(who, ifMatch, dryRun, force, null));
    }

    EditRequest undoing(String id) {
        return new EditRequest(who, ifMatch, dryRun, force, id);
    }

    EditRequest from(String version) {
        return new EditRequest(who, '"' + version + '"', dryRun, force, undoes);
    }

    /// The versions that the edit may begin with. A tag that a proxy made weak names the same version.
    ///
    /// @throws RefusedException if there is none
    Set<String> versions() {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new RefusedException(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "precondition-required",
                    "If-Match is missing: send the ETag of the object that was read");
        }
        var tags = List.of(ifMatch.split(",", -1)).stream()
                .map(TAG::matcher)
                .map(tag -> tag.matches() ? tag.group(1) : "")
                .collect(Collectors.toSet());
        if (tags.contains("")) {
            throw new RefusedException(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "precondition-required",
                    "If-Match must name the version that was read, as its ETag does: \"4711\"");
        }
        return tags;
    }
}
