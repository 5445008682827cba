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

    private static final int LANE = 220;
    private static final int BETWEEN = 80;
    private static final int EDGE = 10;
    private static final int TILE = 50;
    private static final int GAP = 10;

    /// More tiles than this in one lane are drawn small, several in a row, without names.
    private static final int MOST_NAMED = 40;

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
            tallest = Math.max(tallest, height(scene.lane(lane).size()));
        }
        var boxes = new LinkedHashMap<String, Box>();
        for (var lane : Lane.values()) {
            place(scene.lane(lane), left(lane), tallest, boxes);
        }
        return new Layout(boxes, left(Lane.SERVICE) + LANE + EDGE, HEAD + tallest + EDGE);
    }

    /// The left end of a lane.
    public static int left(Lane lane) {
        return EDGE + List.of(Lane.values()).indexOf(lane) * (LANE + BETWEEN);
    }

    private static int height(int tiles) {
        return tiles <= MOST_NAMED
                ? tiles * (TILE + GAP)
                : Math.ceilDiv(tiles, SMALL_COLUMNS) * (SMALL_TILE + SMALL_GAP);
    }

    /// Spreads named tiles over the height of the tallest lane; small ones start at the top.
    private static void place(List<Tile> tiles, int left, int tallest, Map<String, Box> boxes) {
        boolean small = tiles.size() > MOST_NAMED;
        int width = small ? (LANE - (SMALL_COLUMNS - 1) * SMALL_GAP) / SMALL_COLUMNS : LANE;
        for (int i = 0; i < tiles.size(); i++) {
            int x = small ? left + i % SMALL_COLUMNS * (width + SMALL_GAP) : left;
            int y = small
                    ? HEAD + i / SMALL_COLUMNS * (SMALL_TILE + SMALL_GAP)
                    : HEAD + (2 * i + 1) * tallest / (2 * tiles.size()) - TILE / 2;
            boxes.put(tiles.get(i).id(), new Box(x, y, width, small ? SMALL_TILE : TILE, small));
        }
    }
}
