package dev.underpass.console.store;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The names of everything in Redis. The braces keep all of it in one slot of a cluster; the number is the version of
/// what is stored.
final class Keys {

    private static final String PREFIX = "{underpass}:1:";

    private Keys() {}

    static byte[] topic(Topic topic) {
        return bytes(PREFIX + topic);
    }

    /// The keys of what was told, by the time of it.
    static byte[] seen(Topic topic) {
        return bytes(PREFIX + topic + ":seen");
    }

    /// What was told of reports.
    static byte[] reports() {
        return bytes(PREFIX + "reports");
    }

    static byte[] nodes() {
        return bytes(PREFIX + "nodes");
    }

    /// Which report of the node is the newest.
    static byte[] head(String node) {
        return bytes(PREFIX + "report:" + node);
    }

    /// The parts of the newest report.
    static byte[] parts(String node) {
        return bytes(PREFIX + "parts:" + node);
    }

    /// The starts of the node's agent that are over.
    static byte[] ended(String node) {
        return bytes(PREFIX + "ended:" + node);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
