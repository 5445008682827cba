package dev.underpass.kubeapi;

import io.netty.handler.codec.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A request with its whole body.
///
/// @param path without the query
record ApiRequest(String method, String path, Query query, HttpHeaders headers, String body) {

    String header(String name) {
        return headers.get(name, "");
    }

    /// Such as `application/merge-patch+json`.
    String contentType() {
        return header("Content-Type").split(";", 2)[0].strip();
    }

    ObjectNode object() {
        try {
            return Json.asObject(tree());
        } catch (IllegalArgumentException e) {
            throw Failure.badRequest("couldn't get version/kind; json parse error: " + e.getMessage());
        }
    }

    JsonNode tree() {
        try {
            return Json.tree(body);
        } catch (IllegalArgumentException e) {
            throw Failure.badRequest("error decoding the body: " + e.getMessage());
        }
    }

    WriteOptions options() {
        return WriteOptions.of(query, header("User-Agent"));
    }
}
