package dev.underpass.console.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A node's report as its agent sent it: whole, or the changes to the one before.
///
/// @param base the sequence of the report that it changes; absent where it is whole
/// @param receivedAt when a replica took it, by that one's clock
/// @param packed its JSON, with gzip
@SuppressWarnings("ArrayRecordComponent") // As large as they are, bytes are not copied; nobody changes them.
public record ReportPart(
        String node, String bootId, long sequence, @Nullable Long base, Instant receivedAt, byte[] packed) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReportPart part
                && node.equals(part.node)
                && bootId.equals(part.bootId)
                && sequence == part.sequence;
    }

    @Override
    public int hashCode() {
        return node.hashCode() + 31 * Long.hashCode(sequence);
    }

    @Override
    public String toString() {
        return "%s %s %d since %s, %d bytes".formatted(node, bootId, sequence, base, packed.length);
    }
}
