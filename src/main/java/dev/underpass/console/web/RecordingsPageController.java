package dev.underpass.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.underpass.console.recordings.Recorder;
import dev.underpass.console.recordings.RecordingFiles;
import dev.underpass.console.recordings.RecordingSettings;
import dev.underpass.words.Sentence;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// How the cluster was: the recordings, each of which shows any page as it was then.
@Controller
class RecordingsPageController {

    private static final String HERE = "/recordings";

    private final RecordingFiles files;
    private final RecordingSettings settings;
    private final Recorder recorder;

    RecordingsPageController(RecordingFiles files, RecordingSettings settings, Recorder recorder) {
        this.files = files;
        this.settings = settings;
        this.recorder = recorder;
    }

    /// What the page shows.
    ///
    /// @param to the address that each recording is to show
    /// @param unremoved what keeps recordings from being removed, empty where nothing does
    record RecordingsPage(Paging<RecordingRow> rows, String to, RecordingSettings settings, Sentence unremoved) {

        /// Where another page of the list is.
        public String base() {
            return to.equals("/") ? HERE : HERE + "?to=" + UriUtils.encode(to, UTF_8);
        }
    }

    @GetMapping(HERE)
    Mono<Rendering> list(@RequestParam(defaultValue = "/") String to, @RequestParam(defaultValue = "1") int page) {
        var address = SavedView.savable(to) ? to : "/";
        return Mono.fromCallable(() -> Paging.of(RecordingRow.all(files.newestFirst()), page))
                .subscribeOn(Schedulers.boundedElastic())
                .map(rows -> Rendering.view("recordings")
                        .modelAttribute("page", new RecordingsPage(rows, address, settings, recorder.unremoved()))
                        .build());
    }

    @PostMapping(HERE)
    Mono<Rendering> record(ServerWebExchange exchange) {
        return recorder.asked(exchange)
                .map(_ ->
                        Rendering.redirectTo(HERE).status(HttpStatus.SEE_OTHER).build());
    }
}
