package dev.underpass.console.web;

import dev.underpass.topology.Edge;
import dev.underpass.topology.Layout;
import dev.underpass.topology.Layout.Box;

/// A curve that leaves and arrives level.
record Curve(double x1, double y1, double x2, double y2) {

    static Curve of(Edge edge, Layout layout) {
        var from = layout.boxes().get(edge.from());
        var to = layout.boxes().get(edge.to());
        if (from == null || to == null) {
            throw new IllegalArgumentException("an edge from or to no tile: " + edge);
        }
        return new Curve(from.right(), port(edge, from), to.x(), port(edge, to));
    }

    /// The underlay's port is above the overlay's.
    private static double port(Edge edge, Box box) {
        double part = switch (edge.kind()) {
            case UNDERLAY -> Layout.UPPER_PORT;
            case OVERLAY -> Layout.LOWER_PORT;
            case PLACED, SERVICE, BROKEN -> 0.5;
        };
        return box.y() + box.height() * part;
    }

    private double middle() {
        return (x1 + x2) / 2;
    }

    String whole() {
        return "M%s %sC%s %s %s %s %s %s".formatted(n(x1), n(y1), n(middle()), n(y1), n(middle()), n(y2), n(x2), n(y2));
    }

    double x(double t) {
        double u = 1 - t;
        return u * u * u * x1 + 3 * u * t * middle() + t * t * t * x2;
    }

    double y(double t) {
        double u = 1 - t;
        return u * u * (u + 3 * t) * y1 + t * t * (t + 3 * u) * y2;
    }

    /// The part before `t`, by de Casteljau.
    String upTo(double t) {
        double u = 1 - t;
        double cx = u * (u * x1 + t * middle()) + t * middle();
        double cy = u * y1 + t * (u * y1 + t * y2);
        return "M%s %sC%s %s %s %s %s %s"
                .formatted(n(x1), n(y1), n(u * x1 + t * middle()), n(y1), n(cx), n(cy), n(x(t)), n(y(t)));
    }

    /// The part after `t`.
    String from(double t) {
        return new Curve(x2, y2, x1, y1).upTo(1 - t);
    }

    Curve shifted(int pixels) {
        return new Curve(x1, y1 + pixels, x2, y2 + pixels);
    }

    String bar() {
        return "M%s %sv8".formatted(n(x2 - 3), n(y2 - 4));
    }

    String arrow() {
        return "M%s %sl6 5l-6 5".formatted(n(x2 - 7), n(y2 - 5));
    }

    String cross(double t) {
        return "M%s %sl10 10M%s %sl-10 10".formatted(n(x(t) - 5), n(y(t) - 5), n(x(t) + 5), n(y(t) - 5));
    }

    String ring(double t) {
        return "M%s %sa5 5 0 1 0 10 0a5 5 0 1 0 -10 0".formatted(n(x(t) - 5), n(y(t)));
    }

    private static String n(double pixels) {
        return String.valueOf(Math.round(pixels * 10) / 10.0);
    }
}
