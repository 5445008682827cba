package dev.underpass.topology;

import java.util.List;

/// The Pod tiles that belong together: those of one node, network or namespace.
///
/// @param name of the node, of the networks or of the namespace; empty where it is none
/// @param tiles the ids of the Pod tiles
public record Group(String id, String name, List<String> tiles, int pods, Tally tally) {
    public Group {
        tiles = List.copyOf(tiles);
    }
}
