package dev.underpass.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a run of the command line gave.
record CommandRun(int status, String out, String err) {

    JsonNode json() {
        return JsonMapper.builder().build().readTree(out);
    }

    static CommandRun of(String... arguments) {
        var oldOut = System.out;
        var oldErr = System.err;
        var out = new OwnOutput(oldOut);
        var err = new OwnOutput(oldErr);
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int status = Main.run(arguments);
            return new CommandRun(status, out.text(), err.text());
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
        }
    }

    /// Takes what the thread that made it writes, and what threads write that it starts. Consoles of other tests go on
    /// logging meanwhile, and that goes where it went before.
    private static final class OwnOutput extends OutputStream {

        private final InheritableThreadLocal<Boolean> own = new InheritableThreadLocal<>();
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final OutputStream others;

        OwnOutput(OutputStream others) {
            this.others = others;
            own.set(true);
        }

        private OutputStream target() {
            return own.get() == null ? others : taken;
        }

        @Override
        public void write(int octet) throws IOException {
            target().write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            target().write(octets, offset, length);
        }

        @Override
        public void flush() throws IOException {
            target().flush();
        }

        String text() {
            own.remove();
            return taken.toString(StandardCharsets.UTF_8);
        }
    }
}
