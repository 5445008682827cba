package dev.underpass.console.capture;

import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleWriter;
import dev.underpass.console.redaction.Redaction;
import java.security.SecureRandom;
import java.util.Map;

/// The files of a bundle with other names and addresses.
public final class Redacted {

    private static final int KEY_BYTES = 32;

    private Redacted() {}

    /// The files by a key that nobody keeps.
    ///
    /// @throws BundleException if they would still hold what was to be replaced, naming the file and the text
    public static Map<String, byte[]> files(BundleContents contents) throws BundleException {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return files(contents, key);
    }

    /// The files as this key makes them.
    ///
    /// @throws BundleException if they would still hold what was to be replaced, naming the file and the text
    public static Map<String, byte[]> files(BundleContents contents, byte[] key) throws BundleException {
        var redaction = Redaction.of(contents, key);
        var files = BundleWriter.files(redaction.contents());
        var leak = redaction.leak(files);
        if (leak.isPresent()) {
            throw new BundleException(
                    leak.get().file(),
                    "it would still hold '%s', so nothing is written"
                            .formatted(leak.get().text()));
        }
        return files;
    }
}
