package dev.underpass.console.web;

import dev.underpass.console.Filtered;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.api.FindingFilter;
import dev.underpass.console.mutes.Mark;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.console.mutes.Muting;
import dev.underpass.diagnosis.Code;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Finding.Severity;
import dev.underpass.words.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The pages on findings, and muting them.
@Controller
class FindingsController {

    private final CurrentAnalysis analysis;
    private final Mutes mutes;
    private final Muting muting;

    FindingsController(CurrentAnalysis analysis, Mutes mutes, Muting muting) {
        this.analysis = analysis;
        this.mutes = mutes;
        this.muting = muting;
    }

    /// The findings that pass the filter, muted ones last, and how many there are of each severity in all.
    record FindingsPage(Listing<Finding> findings, Map<Severity, Long> severities) {}

    @GetMapping("/findings")
    Mono<Rendering> findings(
            @RequestParam(defaultValue = "") String severity,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort) {
        var asked = severity.isBlank() ? q : ("severity:" + severity.strip() + " " + q).strip();
        return analysis.current().map(cluster -> page("findings", list(cluster, asked, sort), HttpStatus.OK));
    }

    private FindingsPage list(ClusterView cluster, String asked, String sort) {
        var list = Filtered.of(ListWords.findings(mutes), asked, cluster.findings());
        return new FindingsPage(ListColumns.findings(mutes).whole(list, sort), cluster.severities());
    }

    private static Rendering page(String view, Object page, HttpStatus status) {
        return Rendering.view(view).status(status).modelAttribute("page", page).build();
    }

    /// One code: what it means, and where it is found in this cluster.
    ///
    /// @param restart whether restarting Pods is part of the remedy
    /// @param mute that lasts, whether it is found or not
    record FindingPage(
            Code code,
            List<CodeHelp.Section> help,
            boolean restart,
            List<Finding> findings,
            @Nullable Mark mute,
            MuteForm form) {

        private static final List<Integer> HOURS = List.of(1, 4, 8, 24, 72, 168, 336, 720, Mutes.MOST_HOURS);

        /// How long it can be muted.
        public List<Integer> hours() {
            return HOURS;
        }
    }

    /// What was typed to mute it.
    ///
    /// @param field where something is wrong; empty where nothing is
    record MuteForm(
            String reason,
            int hours,
            String field,
            @Nullable Sentence error) {

        private static final MuteForm EMPTY = new MuteForm("", 24, "", null);

        private static MuteForm of(MultiValueMap<String, String> form, String field, @Nullable Sentence error) {
            return new MuteForm(text(form, "reason"), number(text(form, "hours")), field, error);
        }

        private static String text(MultiValueMap<String, String> form, String field) {
            var value = form.getFirst(field);
            return value == null ? "" : value;
        }

        /// Zero is no number of hours, and is refused as such.
        private static int number(String text) {
            return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        }

        private Mutes.Wish wish(Code code) {
            return new Mutes.Wish(code.name(), reason, hours);
        }
    }

    @GetMapping("/findings/{code}")
    Mono<Rendering> finding(@PathVariable String code) {
        return finding(known(code), MuteForm.EMPTY, HttpStatus.OK);
    }

    private static Code known(String code) {
        return Arrays.stream(Code.values())
                .filter(each -> each.name().equalsIgnoreCase(code))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_CODE.with(code)));
    }

    private Mono<Rendering> finding(Code code, MuteForm form, HttpStatus status) {
        return analysis.current().map(cluster -> page("finding", finding(cluster, code, form), status));
    }

    private FindingPage finding(ClusterView cluster, Code code, MuteForm form) {
        return new FindingPage(
                code,
                CodeHelp.of(code),
                code.mendedByRestart(),
                FindingFilter.of("", code.name(), "").among(cluster.findings()),
                mutes.of(code.name()).orElse(null),
                form);
    }

    /// At the page's own address, so that it is one page whether or not it says what is wrong.
    @PostMapping("/findings/{code}")
    Mono<Rendering> mute(@PathVariable String code, ServerWebExchange exchange) {
        var known = known(code);
        return exchange.getFormData()
                .flatMap(form -> muting.mute(MuteForm.of(form, "", null).wish(known), exchange)
                        .map(_ -> seeOther(known))
                        .onErrorResume(
                                InvalidInputException.class,
                                e -> finding(
                                        known,
                                        MuteForm.of(form, e.field(), e.sentence()),
                                        HttpStatus.UNPROCESSABLE_CONTENT)));
    }

    @PostMapping("/findings/{code}/unmute")
    Mono<Rendering> unmute(@PathVariable String code, ServerWebExchange exchange) {
        var known = known(code);
        return muting.unmute(known.name(), exchange).thenReturn(seeOther(known));
    }

    private static Rendering seeOther(Code code) {
        return Rendering.redirectTo("/findings/" + code.name())
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    @GetMapping("/findings/{code}/workloads")
    Mono<Rendering> workloads(@PathVariable String code) {
        var known = known(code);
        return analysis.current().map(cluster -> page("workloads", WorkloadsPage.of(cluster, known), HttpStatus.OK));
    }

    /// What to restart because of one code.
    record WorkloadsPage(Code code, int pods, List<StalePods.Workload> workloads) {

        static WorkloadsPage of(ClusterView cluster, Code code) {
            var pods = StalePods.affected(cluster, code);
            return new WorkloadsPage(code, pods.size(), StalePods.workloads(cluster, pods));
        }

        /// The lines that restart all of them.
        public String commands() {
            return workloads.stream()
                    .map(StalePods.Workload::command)
                    .filter(command -> !command.isEmpty())
                    .collect(Collectors.joining("\n"));
        }
    }
}
