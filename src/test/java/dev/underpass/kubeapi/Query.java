package dev.underpass.kubeapi;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/// The parameters of a request.
record Query(Map<String, List<String>> parameters) {

    static Query of(String uri) {
        return new Query(new QueryStringDecoder(uri).parameters());
    }

    String text(String name) {
        var values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    boolean is(String name) {
        return text(name).equals("true") || text(name).equals("1");
    }

    /// Zero where it is absent.
    long number(String name) {
        try {
            return text(name).isEmpty() ? 0 : Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw Failure.badRequest("invalid value for %s: %s".formatted(name, e.getMessage()));
        }
    }
}
