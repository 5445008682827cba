package dev.underpass.net;

import java.util.List;
import java.util.Random;

/// Makes random `ip route` and `ip rule` commands over a small world of prefixes, so that they often meet.
final class RandomRouting {

    private final Random random;
    private final boolean six;

    RandomRouting(Random random, boolean six) {
        this.random = random;
        this.six = six;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String prefix() {
        if (six) {
            return pick(List.of(
                    "default",
                    "fd00:%d::/32".formatted(random.nextInt(4)),
                    "fd00:%d:%x::/48".formatted(random.nextInt(4), random.nextInt(4)),
                    "fd00:%d:%x::%d".formatted(random.nextInt(4), random.nextInt(4), 1 + random.nextInt(6))));
        }
        int a = random.nextInt(4);
        int b = random.nextInt(4);
        return pick(List.of(
                "default",
                "10.%d.0.0/16".formatted(a),
                "10.%d.%d.0/24".formatted(a, b),
                "10.%d.%d.4/30".formatted(a, b),
                "10.%d.%d.%d".formatted(a, b, 1 + random.nextInt(6))));
    }

    String route() {
        var table = pick(List.of("main", "main", "100", "101", "102"));
        var metric = random.nextInt(4) == 0 ? " metric " + (1 + random.nextInt(3)) : "";
        if (random.nextInt(5) == 0) {
            var type = pick(List.of("unreachable", "blackhole", "prohibit", "throw"));
            return "route add %s %s table %s%s".formatted(type, prefix(), table, metric);
        }
        int device = random.nextInt(3);
        var via = six
                ? "fd00:%d::%d".formatted(device, 2 + random.nextInt(3))
                : "10.%d.0.%d".formatted(device, 5 + random.nextInt(3));
        var how = random.nextBoolean() ? "via " + via + " dev v" + device : "dev v" + device;
        return "route add %s %s table %s%s".formatted(prefix(), how, table, metric);
    }

    String rule(int number) {
        var selector = new StringBuilder();
        if (random.nextInt(6) == 0) {
            selector.append("not ");
        }
        switch (random.nextInt(6)) {
            case 0 ->
                selector.append("from ")
                        .append(
                                six
                                        ? "fd00:%d::/32".formatted(random.nextInt(3))
                                        : "10.%d.0.0/16".formatted(random.nextInt(4)));
            case 1 ->
                selector.append("to ")
                        .append(
                                six
                                        ? "fd00:%d:1::/48".formatted(random.nextInt(3))
                                        : "10.%d.1.0/24".formatted(random.nextInt(4)));
            case 2 ->
                selector.append("fwmark ").append(1 + random.nextInt(2)).append(random.nextBoolean() ? "/0x3" : "");
            case 3 -> selector.append("iif ").append(pick(List.of("lo", "v0", "v1", "nosuch")));
            case 4 -> selector.append("ipproto ").append(pick(List.of("udp", "tcp")));
            default -> selector.append("from all");
        }
        var action = switch (random.nextInt(9)) {
            case 0 -> "unreachable";
            case 1 -> "prohibit";
            case 2 -> "lookup main suppress_prefixlength " + pick(List.of(0, 16, 24));
            case 3 -> "goto " + (200 + 10 * random.nextInt(8));
            default -> "lookup " + pick(List.of("100", "101", "102", "main"));
        };
        if (action.equals("unreachable") || action.equals("prohibit")) {
            // Such a rule for everything would hide all that comes after it.
            selector.setLength(0);
            selector.append("to ").append(prefix().replace("default", six ? "fd00:3::/32" : "10.3.0.0/16"));
        }
        return "rule add %s %s priority %d".formatted(selector, action, 100 + 20 * number + random.nextInt(20));
    }
}
