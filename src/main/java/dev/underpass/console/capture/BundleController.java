package dev.underpass.console.capture;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Gives out what the console knows as a bundle, for somebody else to look at.
@RestController
class BundleController {

    private static final MediaType GZIP = MediaType.parseMediaType("application/gzip");

    private final Captures captures;

    BundleController(Captures captures) {
        this.captures = captures;
    }

    @GetMapping("/api/v1/bundle")
    @Operation(
            summary = "A bundle of the cluster as it is now, as .tar.gz",
            description =
                    "The objects that matter, read anew and trimmed, never Secrets; and the newest report of each "
                            + "node. `check`, `trace` and `demo --bundle` read it. One is made at a time; meanwhile others get "
                            + "503 with Retry-After.")
    Mono<ResponseEntity<byte[]>> bundle(
            @Parameter(description = "With other names and addresses, by which the analysis is the same")
                    @RequestParam(defaultValue = "false")
                    boolean redact) {
        return captures.archive(redact).map(BundleController::file);
    }

    private static ResponseEntity<byte[]> file(BundleArchive archive) {
        var disposition = ContentDisposition.attachment()
                .filename(archive.name() + ".tar.gz")
                .build();
        return ResponseEntity.ok()
                .contentType(GZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(archive.bytes());
    }
}
