package dev.underpass.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.underpass.console.TestClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.json.JsonMapper;

/// The audit log keeps what it is told, one line each.
@ExtendWith(OutputCaptureExtension.class)
class AuditTest {

    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private static AuditNote note(Audit audit) {
        return new AuditNote(
                audit,
                CLOCK,
                MockServerHttpRequest.put("/api/v1/ippools/v4")
                        .remoteAddress(new InetSocketAddress("192.0.2.7", 4711))
                        .build());
    }

    @Test
    void aLineSaysWhoFromWhereWhatAndWhatCameOfIt() throws IOException {
        var file = folder.resolve("audit.jsonl");
        Files.writeString(file, "{\"older\": true}\n");
        var audit = new Audit(file.toString(), "");
        var note = note(audit);
        note.asks("ada", "admin");
        note.tell("before", JSON.createObjectNode().put("gateway", "10.6.0.1"));

        note.answered("write", 412);
        note.answered("write", 412);
        audit.destroy();

        assertThat(Files.readString(file)).isEqualTo("""
                {"older": true}
                {"audit":"write","at":"2026-01-02T03:04:05Z","who":"ada","role":"admin","from":"192.0.2.7","method":"PUT",\
                "path":"/api/v1/ippools/v4","result":"failed","status":412,"before":{"gateway":"10.6.0.1"}}
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\r\nb",
                "a\u2028b",
                "a\u0085b",
                "a\"},{\"audit\":\"login",
                "\u202eevil",
                "\ud83d",
                "\u0000"
            })
    void noNameBreaksALine(String name) throws IOException {
        var file = folder.resolve("audit.jsonl");
        var audit = new Audit(file.toString(), "");
        var note = note(audit);
        note.asks(name, "viewer");
        note.tell("pod", name);

        note.answered("refused", 403);
        audit.destroy();

        var lines = Files.readString(file);
        assertThat(lines).matches("[\\x20-\\x7e]+\n");
        assertThat(JSON.readTree(lines).path("pod").asString("")).isEqualTo(name);
        assertThat(JSON.readTree(lines).path("audit").asString("")).isEqualTo("refused");
    }

    @Test
    void aLongNameIsShortened() throws IOException {
        var file = folder.resolve("audit.jsonl");
        var audit = new Audit(file.toString(), "");
        var note = note(audit);
        note.asks("w".repeat(100_000), "");

        note.answered("refused", 401);
        audit.destroy();

        assertThat(Files.size(file)).isLessThan(3_000);
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheStart() {
        var file = folder.resolve("absent/audit.jsonl").toString();

        assertThatIllegalStateException()
                .isThrownBy(() -> new Audit(file, ""))
                .withMessageStartingWith("underpass.audit: " + file + " cannot be written: ");
    }

    @Test
    void aLineThatFindsNoRoomIsInTheLogAndCounted(CapturedOutput output) throws IOException {
        var audit = new Audit("/dev/full", "");
        var note = note(audit);
        note.asks("ada", "admin");

        note.answered("write", 200);
        audit.destroy();

        assertThat(audit.lost()).isEqualTo(1);
        assertThat(output).contains("The audit log (underpass.audit: /dev/full) cannot be written", "\"who\":\"ada\"");
    }

    @ParameterizedTest(name = "''{0}'' ''{1}'': {2}")
    @CsvSource(textBlock = """
            '',     '',                 false
            '',     https://id.example, true
            off,    https://id.example, false
            stdout, '',                 true
            """)
    void isOnStandardOutputWherePeopleLogIn(String where, String issuer, boolean shown, CapturedOutput output) {
        var name = "somebody-" + where + shown;
        var note = note(new Audit(where, issuer));
        note.asks(name, "viewer");

        note.answered("login", 302);

        assertThat(output.getOut().contains("\"who\":\"" + name + "\"")).isEqualTo(shown);
    }
}
