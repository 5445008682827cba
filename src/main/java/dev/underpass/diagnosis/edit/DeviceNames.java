package dev.underpass.diagnosis.edit;

import java.nio.charset.StandardCharsets;

/// Whether a text can be the name of a network device, as the kernel's `dev_valid_name` has it.
final class DeviceNames {

    private static final int MOST_BYTES = 15;

    private DeviceNames() {}

    static boolean valid(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_BYTES
                && name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == ':' || Character.isWhitespace(c));
    }

    /// Refuses a text that is none.
    static boolean check(Problems problems, Part.Entry entry) {
        if (!valid(entry.text())) {
            problems.refuse(entry.path(), NetworkPhrases.NO_DEVICE_NAME.with(Words.quoted(entry.text())));
        }
        return valid(entry.text());
    }
}
