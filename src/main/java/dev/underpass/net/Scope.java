package dev.underpass.net;

/// How far an address or a route reaches, with the kernel's number: the higher, the nearer (`linux/rtnetlink.h`).
///
/// @param value 0 is `global`, 200 `site`, 253 `link`, 254 `host`, 255 `nowhere`
public record Scope(int value) implements Comparable<Scope> {

    public static final Scope GLOBAL = new Scope(0);
    public static final Scope LINK = new Scope(253);
    public static final Scope HOST = new Scope(254);

    /// Reads a name of iproute2, or a number.
    ///
    /// @throws IllegalArgumentException if the text is neither
    public static Scope parse(String text) {
        return switch (text) {
            case "global", "universe" -> GLOBAL;
            case "site" -> new Scope(200);
            case "link" -> LINK;
            case "host" -> HOST;
            case "nowhere" -> new Scope(255);
            default -> new Scope(Integer.parseInt(text));
        };
    }

    /// Whether this reaches no farther than the other.
    public boolean within(Scope other) {
        return value >= other.value;
    }

    @Override
    public int compareTo(Scope other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return switch (value) {
            case 0 -> "global";
            case 200 -> "site";
            case 253 -> "link";
            case 254 -> "host";
            case 255 -> "nowhere";
            default -> Integer.toString(value);
        };
    }
}
