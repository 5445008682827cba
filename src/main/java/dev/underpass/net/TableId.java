package dev.underpass.net;

/// The name of a routing table: `main`, `local`, `default`, or a number.
public record TableId(String name) {

    public static final TableId MAIN = new TableId("main");
    public static final TableId LOCAL = new TableId("local");

    public TableId {
        name = switch (name) {
            case "255" -> "local";
            case "254" -> "main";
            case "253" -> "default";
            default -> name;
        };
        if (name.isBlank()) {
            throw new IllegalArgumentException("blank table name");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
