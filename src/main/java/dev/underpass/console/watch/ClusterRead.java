package dev.underpass.console.watch;

import dev.underpass.console.bundle.Trim;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.console.watch.ResourceApi.Listed;
import dev.underpass.console.watch.ResourceApi.RefusedException;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// All objects that matter, read from the Kubernetes API once.
///
/// @param resources the objects by kind, trimmed
/// @param forbidden why a kind could not be read, by its resource
/// @param absent the resources that the API does not serve
/// @param unreadable why an object is left out, by its kind and key
public record ClusterRead(
        Map<Kind<?>, List<JsonNode>> resources,
        SequencedMap<String, String> forbidden,
        List<String> absent,
        SequencedMap<String, String> unreadable) {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TRIES = 3;

    /// Reads the cluster that a kubeconfig's context names.
    ///
    /// @param kubeconfig empty for the account of the Pod that this runs in
    /// @param context empty for the file's current one
    /// @throws IOException if no API is configured, or it cannot be read
    public static ClusterRead of(String kubeconfig, String context) throws IOException {
        return of(new ApiClients(kubeconfig, context), "name a file with --kubeconfig");
    }

    /// @param advice what to do where no API is configured
    static ClusterRead of(ApiClients clients, String advice) throws IOException {
        var api = clients.client()
                .map(ResourceApi::new)
                .orElseThrow(() -> new IOException("no API is configured: " + advice));
        var read = new ClusterRead(new HashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
        for (var kind : Kinds.ALL) {
            read.add(kind, api);
        }
        return read;
    }

    private void add(Kind<?> kind, ResourceApi api) throws IOException {
        try {
            var objects = new ArrayList<JsonNode>();
            for (var item : listed(kind, api).items()) {
                Trim.object(kind, item)
                        .filter(object -> isReadable(kind, object))
                        .ifPresent(objects::add);
            }
            resources.put(kind, objects);
        } catch (RefusedException e) {
            switch (e.status()) {
                case FORBIDDEN -> forbidden.put(kind.resource(), String.valueOf(e.getMessage()));
                case NOT_FOUND -> absent.add(kind.resource());
                default -> throw new IOException(kind.resource() + ": " + e.getMessage(), e);
            }
        }
    }

    /// A list that took longer than the API remembers is begun again.
    private static Listed listed(Kind<?> kind, ResourceApi api) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return api.list(kind);
            } catch (RefusedException e) {
                if (e.status() != GONE || i == TRIES) {
                    throw e;
                }
            }
        }
    }

    private boolean isReadable(Kind<?> kind, JsonNode object) {
        var name = kind + " " + object.path("metadata").path("name").asString("");
        try {
            var fields = Fields.of(object, "");
            name = kind + " " + kind.key(fields);
            kind.reader().read(fields);
            return true;
        } catch (ReportFormatException | IllegalArgumentException e) {
            unreadable.put(name, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
