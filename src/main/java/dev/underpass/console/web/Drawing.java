package dev.underpass.console.web;

import dev.underpass.topology.Layout;
import dev.underpass.topology.Scene;
import java.util.List;
import java.util.Objects;

/// How much of a scene is drawn, so that a browser moves it at once.
record Drawing(Scene scene, Layout layout) {

    /// No drawing has more elements.
    static final int MOST_ELEMENTS = 2_500;

    /// The drawing itself, its heads and its paths, of which there is one for each look.
    static final int FRAME = 50;

    /// A tile's own, its link, its box and its name.
    static final int BARE_TILE = 4;

    static final int DETAILS = 1;
    static final int PORTS = 2;

    /// Whether named tiles have their details and ports too. Of very many tiles only labels and the table have them.
    boolean detailed() {
        return FRAME + detailedTiles() <= MOST_ELEMENTS;
    }

    /// As many as there is room for; those first that most connections fail on.
    List<Wires.Cut> cuts() {
        int tiles = detailed() ? detailedTiles() : BARE_TILE * scene.tiles().size();
        return Wires.cuts(scene, layout).stream()
                .limit(MOST_ELEMENTS - FRAME - tiles)
                .toList();
    }

    private int detailedTiles() {
        return scene.tiles().stream()
                .mapToInt(tile -> {
                    boolean small = Objects.requireNonNull(layout.boxes().get(tile.id()))
                            .small();
                    return BARE_TILE + (small ? 0 : DETAILS + (tile.dualHomed() ? PORTS : 0));
                })
                .sum();
    }
}
