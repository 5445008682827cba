package dev.underpass.console.web;

import dev.underpass.console.Phrases;
import dev.underpass.console.edit.Reviewed.Problem;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The form of a pool that begins with addresses to exclude: `?exclude=10.6.0.14-10.6.0.16`.
///
/// @param form with the addresses, or as it was where they cannot be excluded
/// @param problems why they cannot
/// @param note what was filled in; nothing where nothing was
record Exclusion(EditForm form, List<Problem> problems, Sentence note) {

    private static final String FIELD = "spec.excludeIPs";

    Exclusion {
        problems = List.copyOf(problems);
    }

    /// @param asked as it stands in the address, where anybody may have written it; empty when nothing is asked
    static Exclusion of(EditForm form, String asked) {
        if (asked.isEmpty()) {
            return new Exclusion(form, List.of(), Sentence.NONE);
        }
        var addresses = AddressRanges.parse(List.of(asked));
        if (addresses.isEmpty()) {
            return refused(form, Phrases.NOT_ADDRESSES.with(asked));
        }
        var texts = form.texts();
        var foreign = addresses.minus(ranges(texts, "spec.ips"));
        if (!foreign.isEmpty()) {
            return refused(form, Phrases.NOT_OF_POOL.with(foreign));
        }
        var fresh = addresses.minus(ranges(texts, FIELD));
        return fresh.isEmpty() ? refused(form, Phrases.EXCLUDED_ALREADY.with(asked)) : added(form, texts, fresh);
    }

    private static AddressRanges ranges(Map<String, String> texts, String field) {
        return AddressRanges.parse(
                texts.getOrDefault(field, "").lines().map(String::strip).toList());
    }

    private static Exclusion refused(EditForm form, Sentence why) {
        return new Exclusion(form, List.of(new Problem(FIELD, why)), Sentence.NONE);
    }

    /// What is excluded already stays as it is written.
    private static Exclusion added(EditForm form, Map<String, String> texts, AddressRanges fresh) {
        var lines = Stream.concat(
                        Stream.of(texts.getOrDefault(FIELD, "")),
                        fresh.ranges().stream().map(Object::toString))
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        return new Exclusion(form.with(FIELD, lines), List.of(), Phrases.FILLED_IN.with(fresh, FIELD));
    }
}
