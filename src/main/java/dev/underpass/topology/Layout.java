package dev.underpass.topology;

import dev.underpass.topology.Tile.Lane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where each tile of a scene stands: one lane beside the other, the tiles of a lane in their order. The same scene
/// always comes out the same.
///
/// @param boxes by the tiles' ids
/// @param width in pixels, like all lengths here
public record Layout(Map<String, Box> boxes, int width, int height) {

    /// The room above the lanes, for their names.
    public static final int HEAD = 30;

    /// At what part of a tile's height the underlay's edges end.
    public static final double UPPER_PORT = 0.3;

    /// At what part of a tile's height the overlay's edges end.
    public static final double LOWER_PORT = 0.7;

    private static final int LANE = 210;
    private static final int BETWEEN = 64;

    /// Edges to Services bear marks.
    private static final int BEFORE_SERVICES = 180;

    private static final int EDGE = 10;
    private static final int TILE = 50;

    /// Rollups say how their members fare.
    private static final int ROLLUP = 68;

    private static final int GAP = 10;

    /// More tiles than this in one lane are drawn small, several in a row, without names.
    static final int MOST_NAMED = 40;

    private static final int SMALL_COLUMNS = 5;
    private static final int SMALL_TILE = 26;
    private static final int SMALL_GAP = 5;

    /// A tile's place.
    ///
    /// @param small too small for a name
    public record Box(int x, int y, int width, int height, boolean small) {
        public int right() {
            return x + width;
        }

        public int bottom() {
            return y + height;
        }
    }

    public Layout {
        boxes = Map.copyOf(boxes);
    }

    public static Layout of(Scene scene) {
        int tallest = 0;
        for (var lane : Lane.values()) {
            tallest = Math.max(tallest, height(scene.lane(lane)));
        }
        var boxes = new LinkedHashMap<String, Box>();
        for (var lane : Lane.values()) {
            place(scene.lane(lane), left(lane), tallest, boxes);
        }
        return new Layout(boxes, right(Lane.SERVICE) + EDGE, HEAD + tallest + EDGE);
    }

    /// The left end of a lane.
    public static int left(Lane lane) {
        int before = List.of(Lane.values()).indexOf(lane);
        return EDGE + before * (LANE + BETWEEN) + (lane == Lane.SERVICE ? BEFORE_SERVICES - BETWEEN : 0);
    }

    /// The right end of a lane.
    public static int right(Lane lane) {
        return left(lane) + LANE;
    }

    private static int height(List<Tile> tiles) {
        return tiles.size() <= MOST_NAMED
                ? tiles.size() * (named(tiles) + GAP)
                : Math.ceilDiv(tiles.size(), SMALL_COLUMNS) * (SMALL_TILE + SMALL_GAP);
    }

    private static int named(List<Tile> tiles) {
        return tiles.stream().anyMatch(Tile::rollup) ? ROLLUP : TILE;
    }

    /// Spreads named tiles over the height of the tallest lane; small ones start at the top.
    private static void place(List<Tile> tiles, int left, int tallest, Map<String, Box> boxes) {
        boolean small = tiles.size() > MOST_NAMED;
        int height = small ? SMALL_TILE : named(tiles);
        int width = small ? (LANE - (SMALL_COLUMNS - 1) * SMALL_GAP) / SMALL_COLUMNS : LANE;
        for (int i = 0; i < tiles.size(); i++) {
            int x = small ? left + i % SMALL_COLUMNS * (width + SMALL_GAP) : left;
            int y = small
                    ? HEAD + i / SMALL_COLUMNS * (SMALL_TILE + SMALL_GAP)
                    : HEAD + (2 * i + 1) * tallest / (2 * tiles.size()) - height / 2;
            boxes.put(tiles.get(i).id(), new Box(x, y, width, height, small));
        }
    }
}
