package dev.underpass.console.web;

import dev.underpass.console.recordings.Recording;
import java.util.ArrayList;
import java.util.List;

/// A recording, and what was different in the one before it.
///
/// @param came codes of findings that the one before had not
/// @param went codes that only the one before had
/// @param first whether there is none before it
record RecordingRow(Recording recording, List<String> came, List<String> went, boolean first) {

    static List<RecordingRow> all(List<Recording> newestFirst) {
        var rows = new ArrayList<RecordingRow>();
        for (int i = 0; i < newestFirst.size(); i++) {
            var recording = newestFirst.get(i);
            boolean first = i + 1 == newestFirst.size();
            var before = first ? recording.codes() : newestFirst.get(i + 1).codes();
            rows.add(new RecordingRow(
                    recording, without(recording.codes(), before), without(before, recording.codes()), first));
        }
        return rows;
    }

    private static List<String> without(List<String> codes, List<String> others) {
        return codes.stream().filter(code -> !others.contains(code)).toList();
    }

    /// Where the recording shows an address of this console.
    public String leading(String to) {
        return "/at/" + recording.id() + to;
    }
}
