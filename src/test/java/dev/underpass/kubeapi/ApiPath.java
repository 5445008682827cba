package dev.underpass.kubeapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the path of a request names.
///
/// @param group empty for the core group
/// @param namespace empty for all, and for a resource of the cluster
/// @param name empty for a collection
/// @param subresource such as `status`, else empty
record ApiPath(String group, String version, String namespace, String resource, String name, String subresource) {

    /// Empty for a path that names no resource.
    static Optional<ApiPath> parse(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.substring(1).split("/", -1)) {
            segments.add(URLDecoder.decode(segment, StandardCharsets.UTF_8));
        }
        var core = segments.getFirst().equals("api");
        int head = core ? 2 : 3;
        if (segments.size() <= head || !(core || segments.getFirst().equals("apis"))) {
            return Optional.empty();
        }
        var group = core ? "" : segments.get(1);
        return Optional.of(of(group, segments.get(head - 1), segments.subList(head, segments.size())));
    }

    private static ApiPath of(String group, String version, List<String> rest) {
        var inNamespace = rest.getFirst().equals("namespaces")
                && rest.size() >= 3
                && !rest.get(2).equals("status")
                && !rest.get(2).equals("finalize");
        var tail = inNamespace ? rest.subList(2, rest.size()) : rest;
        return new ApiPath(group, version, inNamespace ? rest.get(1) : "", tail.getFirst(), at(tail, 1), at(tail, 2));
    }

    private static String at(List<String> segments, int index) {
        return index < segments.size() ? segments.get(index) : "";
    }
}
