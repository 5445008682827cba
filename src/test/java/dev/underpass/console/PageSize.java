package dev.underpass.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// How much a browser has to load and to hold of a page.
///
/// @param packed how many bytes it has with gzip
/// @param elements how many elements it makes
/// @param drawn how many of them are in drawings
/// @param tiles how many tiles its drawing has
record PageSize(int bytes, int packed, long elements, long drawn, long tiles) {

    static final int MOST_BYTES = 600_000;
    static final int MOST_PACKED = 60_000;
    static final int MOST_ELEMENTS = 5_000;
    static final int MOST_DRAWN = 2_500;
    static final int MOST_TILES = 600;

    private static final Pattern ELEMENT = Pattern.compile("<[a-zA-Z]");
    private static final Pattern DRAWN =
            Pattern.compile("<(?:svg|g|path|rect|circle|text|line|title)[ />]|<a [^>]*(?=><rect)");
    private static final Pattern TILE = Pattern.compile("<svg [^>]*class=\"tile ");

    static PageSize of(byte[] content) {
        var text = new String(content, StandardCharsets.UTF_8);
        return new PageSize(
                content.length,
                packed(content),
                ELEMENT.matcher(text).results().count(),
                DRAWN.matcher(text).results().count(),
                TILE.matcher(text).results().count());
    }

    static int packed(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size();
    }

    /// Which budget it breaks, if any.
    Optional<String> broken() {
        if (bytes > MOST_BYTES) {
            return Optional.of("%,d bytes, may have %,d".formatted(bytes, MOST_BYTES));
        }
        if (packed > MOST_PACKED) {
            return Optional.of("%,d bytes packed, may have %,d".formatted(packed, MOST_PACKED));
        }
        if (elements > MOST_ELEMENTS) {
            return Optional.of("%,d elements, may have %,d".formatted(elements, MOST_ELEMENTS));
        }
        if (drawn > MOST_DRAWN) {
            return Optional.of("%,d elements of drawings, may have %,d".formatted(drawn, MOST_DRAWN));
        }
        return tiles > MOST_TILES
                ? Optional.of("%,d tiles, may have %,d".formatted(tiles, MOST_TILES))
                : Optional.empty();
    }
}
