package dev.underpass.console.recordings;

import dev.underpass.console.api.Page;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// The recordings for scripts.
@RestController
@RequestMapping("/api/v1/recordings")
class RecordingsController {

    private static final MediaType GZIP = MediaType.parseMediaType("application/gzip");

    private final RecordingFiles files;
    private final Recorder recorder;

    RecordingsController(RecordingFiles files, Recorder recorder) {
        this.files = files;
        this.recorder = recorder;
    }

    @GetMapping
    @Operation(
            summary = "What was recorded, the newest first",
            description = "`/at/{id}/api/v1/…` answers most of what this API tells of now as of a recording.")
    Mono<Page<Recording>> list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return Mono.fromCallable(() -> Page.of(files.newestFirst(), limit, from, each -> each))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Record the cluster as it is now; 409 where nothing is recorded, 507 where it cannot be written")
    Mono<Recording> record(ServerWebExchange exchange) {
        return recorder.asked(exchange);
    }

    @GetMapping("/{id}")
    Mono<Recording> one(@PathVariable String id) {
        return Mono.fromCallable(() -> files.recording(id)).subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping("/{id}/bundle")
    @Operation(
            summary = "The recording as a bundle, as .tar.gz",
            description = "`check`, `trace` and `demo --bundle` read it.")
    Mono<ResponseEntity<Resource>> bundle(@PathVariable String id) {
        return Mono.fromCallable(() -> file(files.recording(id))).subscribeOn(Schedulers.boundedElastic());
    }

    private ResponseEntity<Resource> file(Recording recording) {
        var disposition = ContentDisposition.attachment()
                .filename("underpass-" + recording.id() + ".tar.gz")
                .build();
        return ResponseEntity.ok()
                .contentType(GZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new FileSystemResource(files.bundle(recording)));
    }
}
