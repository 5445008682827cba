package dev.underpass.console.store;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A part of a report as bytes: a line of JSON that says which it is, and its packed JSON.
final class Framed {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Head(
            String node,
            String bootId,
            long sequence,
            @Nullable Long base,
            Instant receivedAt) {}

    private Framed() {}

    static byte[] bytes(ReportPart part) {
        var head = JSON.writeValueAsBytes(
                new Head(part.node(), part.bootId(), part.sequence(), part.base(), part.receivedAt()));
        var packed = part.packed();
        var framed = Arrays.copyOf(head, head.length + 1 + packed.length);
        framed[head.length] = '\n';
        System.arraycopy(packed, 0, framed, head.length + 1, packed.length);
        return framed;
    }

    static ReportPart part(byte[] framed) {
        int end = 0;
        while (end < framed.length && framed[end] != '\n') {
            end++;
        }
        var head = JSON.readValue(framed, 0, end, Head.class);
        var packed = Arrays.copyOfRange(framed, Math.min(end + 1, framed.length), framed.length);
        return new ReportPart(head.node(), head.bootId(), head.sequence(), head.base(), head.receivedAt(), packed);
    }
}
