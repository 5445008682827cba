package dev.underpass.console.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/// What was typed into the wizard, on all its steps: it is in the address, and nowhere else.
///
/// @param typed the text of each field that was asked for, as it was typed
/// @param step the one that is asked for
record WizardQuestion(Map<String, String> typed, String step) {

    static final String PATH = "/networks/access";

    static final List<String> STEPS = List.of("workload", "mode", "addresses", "result");

    /// The fields of each step but the last.
    private static final Map<String, List<String>> FIELDS = Map.of(
            "workload",
            List.of("ns", "workload", "replicas", "network", "netns", "netname", "cni", "master", "resource", "vlan"),
            "mode",
            List.of("mode"),
            "addresses",
            List.of("pool4", "name4", "subnet4", "ips4", "gateway4", "pool6", "name6", "subnet6", "ips6", "gateway6"));

    static WizardQuestion of(MultiValueMap<String, String> query) {
        var typed = new LinkedHashMap<String, String>();
        for (var step : STEPS) {
            for (var field : FIELDS.getOrDefault(step, List.of())) {
                var text = query.getFirst(field);
                if (text != null) {
                    typed.put(field, text);
                }
            }
        }
        var step = query.getFirst("step");
        return new WizardQuestion(typed, step != null && STEPS.contains(step) ? step : STEPS.getFirst());
    }

    /// A field's text without the spaces around it; empty where nothing was typed.
    public String text(String field) {
        return typed.getOrDefault(field, "").strip();
    }

    /// As it was typed, for the form.
    public String typed(String field) {
        return typed.getOrDefault(field, "");
    }

    public boolean asked(String field) {
        return typed.containsKey(field);
    }

    /// The same with a text in a field that nobody was asked for.
    WizardQuestion byDefault(String field, String text) {
        if (asked(field) || text.isEmpty()) {
            return this;
        }
        var with = new LinkedHashMap<>(typed);
        with.put(field, text);
        return new WizardQuestion(with, step);
    }

    WizardQuestion at(String other) {
        return new WizardQuestion(typed, other);
    }

    /// What the form of a step carries along: the texts of the other steps' fields.
    public Map<String, String> carried() {
        var others = new LinkedHashMap<>(typed);
        FIELDS.getOrDefault(step, List.of()).forEach(others::remove);
        return others;
    }

    static String stepOf(String field) {
        return STEPS.stream()
                .filter(step -> FIELDS.getOrDefault(step, List.of()).contains(field))
                .findFirst()
                .orElse(STEPS.getFirst());
    }

    /// The address of a step, with all that was typed.
    public String href(String other) {
        var text = new StringBuilder(PATH).append("?step=").append(other);
        typed.forEach((field, value) -> {
            if (!value.isEmpty()) {
                text.append('&').append(field).append('=').append(UriUtils.encode(value, StandardCharsets.UTF_8));
            }
        });
        return text.toString();
    }
}
