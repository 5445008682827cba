package dev.underpass.console.web;

import dev.underpass.topology.View.Level;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.web.util.UriComponentsBuilder;

/// The address of one state of the topology: all of it is in the URL.
///
/// @param group by what Pods are rolled up, empty where the drawing chooses
/// @param sel the id of the selected tile, empty for none
/// @param view `table`, `nodes` for the grid of all nodes, or empty for the drawing
record TopologyAddress(String level, String id, String group, String q, String sel, String view) {

    private static final String TABLE = "table";
    private static final String NODES = "nodes";

    /// Reads a URL's parameters; what is not there is empty.
    static TopologyAddress of(Map<String, String> parameters) {
        UnaryOperator<String> value = name -> parameters.getOrDefault(name, "").strip();
        return new TopologyAddress(
                value.apply("level"),
                value.apply("id"),
                value.apply("group"),
                value.apply("q"),
                value.apply("sel"),
                value.apply("view"));
    }

    public boolean table() {
        return view.equals(TABLE);
    }

    public boolean grid() {
        return view.equals(NODES);
    }

    /// Whether the view is one that there is.
    boolean known() {
        return view.isEmpty() || table() || (grid() && level.isEmpty());
    }

    public TopologyAddress select(String tile) {
        return new TopologyAddress(level, id, group, q, tile, view);
    }

    public TopologyAddress asTable() {
        return new TopologyAddress(level, id, group, q, sel, TABLE);
    }

    public TopologyAddress asGrid() {
        return new TopologyAddress(level, id, group, q, "", NODES);
    }

    public TopologyAddress asDrawing() {
        return new TopologyAddress(level, id, group, q, sel, "");
    }

    public TopologyAddress query(String other) {
        return new TopologyAddress(level, id, group, other, sel, view);
    }

    TopologyAddress open(Level other, String itsId) {
        var name = other == Level.ESTATE ? "" : other.name().toLowerCase(Locale.ROOT);
        return new TopologyAddress(name, itsId, "", q, "", grid() ? "" : view);
    }

    /// The address as a link; on the page's part that says what is selected, where something is.
    public String href() {
        return path() + (sel.isEmpty() ? "" : "#selected");
    }

    /// One page of the table.
    public String page(int number) {
        return path() + (path().contains("?") ? "&" : "?") + "page=" + number;
    }

    private String path() {
        var values = new LinkedHashMap<String, Object>();
        values.put("level", level);
        values.put("id", id);
        values.put("group", group);
        values.put("q", q);
        values.put("sel", sel);
        values.put("view", view);
        values.values().removeIf(""::equals);
        var uri = UriComponentsBuilder.fromPath("/topology");
        values.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
        return uri.encode().buildAndExpand(values).toUriString();
    }
}
