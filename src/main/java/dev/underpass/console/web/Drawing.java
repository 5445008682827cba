package dev.underpass.console.web;

import dev.underpass.topology.Layout;
import dev.underpass.topology.Scene;
import dev.underpass.topology.Tile;
import java.util.Objects;

/// How much of a scene is drawn, so that a browser moves it at once.
record Drawing(Scene scene, Layout layout) {

    /// No drawing has more elements.
    static final int MOST_ELEMENTS = 2_500;

    /// The drawing itself, its heads and its paths, of which there is one for each look.
    static final int FRAME = 50;

    /// A tile's own, its link, its box and its name.
    static final int BARE_TILE = 4;

    /// What the text of a named tile is in whole.
    static final int WHOLE = 1;

    static final int DETAILS = 1;
    static final int PORTS = 2;

    /// A rollup's counts and the three parts of its bar.
    static final int COUNTS = 4;

    /// Whether named tiles have their details and ports too. Of very many tiles only labels and the table have them.
    boolean detailed() {
        return FRAME + detailedTiles() <= MOST_ELEMENTS;
    }

    /// Numbers of failing connections as there is room for them; those first that most connections fail on.
    Marks marks() {
        int tiles = detailed() ? detailedTiles() : bareTiles();
        return Marks.of(scene, layout, MOST_ELEMENTS - FRAME - tiles);
    }

    private int bareTiles() {
        return BARE_TILE * scene.tiles().size();
    }

    private int detailedTiles() {
        return bareTiles()
                + scene.tiles().stream()
                        .filter(tile -> !small(tile))
                        .mapToInt(
                                tile -> WHOLE + DETAILS + (tile.dualHomed() ? PORTS : 0) + (tile.rollup() ? COUNTS : 0))
                        .sum();
    }

    private boolean small(Tile tile) {
        return Objects.requireNonNull(layout.boxes().get(tile.id())).small();
    }
}
