package dev.underpass.console.web;

import dev.underpass.topology.Layout.Box;
import dev.underpass.topology.Tally;
import dev.underpass.topology.Tile;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What stands in a tile, each line so short that it fits.
///
/// @param counts how many fail, are not known and pass; of rollups only, else empty
/// @param whole all of the text, where some of it is cut; absent where nothing is
/// @param shares what parts those counts are, worst first, as lines of SVG; of rollups only
record TileText(
        String title,
        String detail,
        String counts,
        @Nullable String whole,
        List<Share> shares) {

    static final int LEFT = 12;
    static final int RIGHT = 6;
    static final int SMALL_LEFT = 4;
    static final double TITLE_SIZE = 13;
    static final double DETAIL_SIZE = 12;

    private static final int BAR_ABOVE_BOTTOM = 6;

    /// A part of a bar.
    record Share(String look, String d) {}

    /// @param name what the tile is called in the reader's language
    static TileText of(Tile tile, Box box, String name, String detail) {
        double room = box.width() - LEFT - RIGHT;
        if (box.small()) {
            return small(tile, box);
        }
        var head = mixed(tile) ? "" : mark(tile) + " ";
        var before = head + (tile.rollup() ? Lettering.number(tile.members()) + " × " : "");
        var title = before + Lettering.fitted(name, TITLE_SIZE, room - Lettering.width(before, TITLE_SIZE));
        var fitting = Lettering.fitted(detail, DETAIL_SIZE, room);
        var counts = tile.rollup() ? counts(tile.tally(), room) : "";
        var exact = tile.rollup() ? counts(tile.tally(), Lettering::number) : "";
        boolean cut = !title.equals(before + name) || !fitting.equals(detail) || !counts.equals(exact);
        var whole = Stream.of(before + name, detail, exact)
                .filter(each -> !each.isEmpty())
                .toList();
        return new TileText(title, fitting, counts, cut ? String.join(", ", whole) : null, shares(tile, box, room));
    }

    private static TileText small(Tile tile, Box box) {
        var full = mark(tile) + (tile.rollup() ? Lettering.number(tile.members()) : "");
        boolean fits = Lettering.width(full, TITLE_SIZE) <= box.width() - SMALL_LEFT;
        return new TileText(fits ? full : mark(tile), "", "", null, List.of());
    }

    /// Whether one mark would not be true of all that the tile stands for.
    static boolean mixed(Tile tile) {
        return tile.rollup() && tile.tally().mixed();
    }

    private static String mark(Tile tile) {
        return switch (tile.worst()) {
            case REACHABLE -> "✓";
            case UNDETERMINED -> "?";
            case UNREACHABLE -> "✗";
        };
    }

    private static String counts(Tally tally, double room) {
        var exact = counts(tally, Lettering::number);
        var rounded = NumberFormat.getCompactNumberInstance(Locale.ROOT, NumberFormat.Style.SHORT);
        return Lettering.width(exact, DETAIL_SIZE) <= room ? exact : counts(tally, rounded::format);
    }

    private static String counts(Tally tally, LongFunction<String> number) {
        return "✗ %s · ? %s · ✓ %s"
                .formatted(
                        number.apply(tally.unreachable()),
                        number.apply(tally.undetermined()),
                        number.apply(tally.reachable()));
    }

    private static List<Share> shares(Tile tile, Box box, double room) {
        if (!tile.rollup() || tile.tally().total() == 0) {
            return List.of();
        }
        var tally = tile.tally();
        double bad = share(tally.unreachable(), tally.total(), room);
        double unsure = share(tally.undetermined(), tally.total(), room);
        double ok = tally.reachable() == 0 ? 0 : Math.max(0, room - bad - unsure);
        int y = box.height() - BAR_ABOVE_BOTTOM;
        return Stream.of(
                        line("bad", LEFT, bad, y),
                        line("unsure", LEFT + bad, unsure, y),
                        line("ok", LEFT + bad + unsure, ok, y))
                .filter(each -> !each.d().isEmpty())
                .toList();
    }

    /// A few of very many are still seen.
    private static double share(long part, long total, double room) {
        return part == 0 ? 0 : Math.max(2, room * part / total);
    }

    private static Share line(String look, double x, double length, int y) {
        return new Share(look, length == 0 ? "" : String.format(Locale.ROOT, "M%.1f %dh%.1f", x, y, length));
    }
}
