package dev.underpass.console.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The audit log: lines of JSON in ASCII, so that no name can break one, at the end of a file or on standard output.
@Component
class Audit implements DisposableBean {

    static final String OFF = "off";
    static final String STDOUT = "stdout";

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final String where;
    private final @Nullable OutputStream out;
    private final AtomicLong lost = new AtomicLong();

    /// @param where `stdout`, `off`, or a file; standard output where people log in and nothing is said
    /// @throws IllegalStateException if the file cannot be written
    Audit(@Value("${underpass.audit:}") String where, @Value("${underpass.security.oidc.issuer:}") String issuer) {
        var chosen = where.isBlank() ? issuer.isBlank() ? OFF : STDOUT : where.strip();
        this.where = chosen;
        this.out = switch (chosen) {
            case OFF -> null;
            case STDOUT -> System.out;
            default -> file(chosen);
        };
    }

    private static OutputStream file(String path) {
        try {
            return new FileOutputStream(path, true);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "underpass.audit: %s cannot be written: %s".formatted(path, e.getMessage()), e);
        }
    }

    /// Writes one line. Where that fails, the line is in the console's own log, and counted.
    synchronized void write(ObjectNode entry) {
        if (out == null) {
            return;
        }
        var line = JSON.writeValueAsString(entry);
        try {
            out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            if (out instanceof PrintStream stream && stream.checkError()) {
                throw new IOException("nobody reads it");
            }
        } catch (IOException e) {
            lost.incrementAndGet();
            LOG.error(
                    "The audit log (underpass.audit: {}) cannot be written: {}; the line: {}",
                    where,
                    e.getMessage(),
                    line);
        }
    }

    /// How many lines could not be written.
    double lost() {
        return lost.get();
    }

    @Override
    public void destroy() throws IOException {
        if (out != null && !where.equals(STDOUT)) {
            out.close();
        }
    }
}
