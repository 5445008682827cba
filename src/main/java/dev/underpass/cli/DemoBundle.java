package dev.underpass.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The recorded cluster inside the jar, in which several different things are wrong.
final class DemoBundle {

    private DemoBundle() {}

    /// A copy of it in a temporary file.
    static Path unpacked() throws BadInputException {
        try (var demo = DemoBundle.class.getResourceAsStream("/demo/demo.tar.gz")) {
            if (demo == null) {
                throw new BadInputException("this jar holds no demo bundle; name one with --bundle");
            }
            var file = Files.createTempFile("underpass-demo", ".tar.gz");
            file.toFile().deleteOnExit();
            Files.copy(demo, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new BadInputException("the demo bundle cannot be unpacked: " + e.getMessage());
        }
    }
}
