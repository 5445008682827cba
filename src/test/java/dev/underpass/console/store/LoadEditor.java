package dev.underpass.console.store;

import dev.underpass.kubeapi.FakeKubeApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Somebody who edits a pool every second, to another gateway each time, and notes what was answered.
final class LoadEditor {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String POOL = "load";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FakeKubeApi api;
    private final String address;
    private final List<String> answered = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> stored = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Consumer<String> told;
    private int unanswered;
    private volatile boolean ending;

    /// @param told is told the id of each edit that was answered
    LoadEditor(FakeKubeApi api, String console, Consumer<String> told) {
        this.told = told;
        this.api = api;
        this.address = console + "/api/v1/ippools/" + POOL;
        api.create("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderIPPool, metadata: {name: load},
                 spec: {subnet: 10.77.0.0/16, gateway: 10.77.0.1, ips: [10.77.255.1-10.77.255.9]}}
                """);
    }

    void start() {
        Thread.ofVirtual().start(this::look);
        Thread.ofVirtual().start(this::edit);
    }

    /// What the API has, one after the other: an edit whose answer is lost may be stored.
    private void look() {
        try {
            while (!ending) {
                var gateway = gateway();
                if (!gateway.equals("10.77.0.1")) {
                    stored.add(gateway);
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String gateway() {
        return Objects.requireNonNull(api.find("spiderippools", POOL))
                .path("spec")
                .path("gateway")
                .asString("");
    }

    private void edit() {
        try {
            for (int i = 2; !ending; i++) {
                long begun = System.nanoTime();
                var edit = edited("10.77.%d.%d".formatted(i / 250, i % 250 + 1));
                if (edit == null) {
                    unanswered++;
                } else {
                    answered.add(edit);
                    told.accept(edit);
                }
                Thread.sleep(Math.max(0, 1_000 - (System.nanoTime() - begun) / 1_000_000));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String edited(String gateway) throws InterruptedException {
        try {
            var read = http.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            var object = (ObjectNode) JSON.readTree(read.body());
            if (!(object.path("spec") instanceof ObjectNode spec)) {
                return null;
            }
            spec.put("gateway", gateway);
            var edited = http.send(
                    HttpRequest.newBuilder(URI.create(address + "?force=true"))
                            .timeout(Duration.ofSeconds(20))
                            .header("Content-Type", "application/json")
                            .header(
                                    "If-Match",
                                    read.headers().firstValue("ETag").orElse(""))
                            .PUT(HttpRequest.BodyPublishers.ofString(object.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return edited.statusCode() == 200
                    ? edited.headers().firstValue("Underpass-Edit").orElse(null)
                    : null;
        } catch (IOException _) {
            return null;
        }
    }

    void end() {
        ending = true;
    }

    /// What a replica shows of it, held against what was answered and stored.
    String held(ServedReplica replica) throws IOException {
        var edits = new ArrayList<String>();
        replica.get("/api/v1/edits?limit=1000")
                .path("items")
                .forEach(edit -> edits.add(edit.path("id").asString("")));
        var seen = new ArrayList<String>();
        replica.get("/api/v1/journal?limit=1000")
                .path("items")
                .forEach(entry -> entry.path("fields").forEach(field -> {
                    if (field.path("field").asString("").equals("spec.gateway")
                            && entry.path("name").asString("").equals(POOL)
                            && entry.path("change").asString("").equals("edited")) {
                        seen.add(field.path("after").asString(""));
                    }
                }));
        long lostEdits = answered.stream().filter(id -> !edits.contains(id)).count();
        long lostEntries =
                stored.stream().filter(value -> !seen.contains(value)).count();
        return "%d edits shown, %d lost; %d journal entries of %d changes, %d lost, %d more than once"
                .formatted(
                        edits.size(),
                        lostEdits,
                        seen.size(),
                        stored.size(),
                        lostEntries,
                        seen.size() - seen.stream().distinct().count());
    }

    @Override
    public String toString() {
        return "edits: %d answered, %d not (a replica was killed meanwhile), %d changes in the API"
                .formatted(answered.size(), unanswered, stored.size());
    }
}
