package dev.underpass.report;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes what a report says of sockets: listeners, IPVS, sets, probes.
final class SocketWriter {

    private final JsonGenerator json;

    SocketWriter(JsonGenerator json) {
        this.json = json;
    }

    void listeners(@Nullable List<Listener> listeners) {
        list("listeners", listeners, listener -> {
            json.writeStringProperty("protocol", listener.protocol().name());
            json.writeStringProperty(
                    "address",
                    listener.address() == null ? "*" : listener.address().toString());
            json.writeNumberProperty("port", listener.port());
        });
    }

    void ipvs(@Nullable List<VirtualServer> servers) {
        list("ipvs", servers, server -> {
            json.writeStringProperty("address", server.address().toString());
            json.writeNumberProperty("port", server.port());
            json.writeStringProperty("protocol", server.protocol().name());
            json.writeStringProperty("scheduler", server.scheduler());
            json.writeNumberProperty("persistenceSeconds", server.persistenceSeconds());
            list("realServers", server.realServers(), this::realServer);
        });
    }

    private void realServer(VirtualServer.RealServer server) {
        json.writeStringProperty("address", server.address().toString());
        json.writeNumberProperty("port", server.port());
        json.writeNumberProperty("weight", server.weight());
        json.writeStringProperty("forward", server.forward());
    }

    void ipsets(@Nullable List<IpSet> sets) {
        list("ipsets", sets, set -> {
            json.writeStringProperty("name", set.name());
            json.writeStringProperty("type", set.type());
            json.writeArrayPropertyStart("members");
            set.members().forEach(json::writeString);
            json.writeEndArray();
        });
    }

    private <T> void list(String field, @Nullable List<T> items, Consumer<T> fields) {
        if (items == null) {
            json.writeNullProperty(field);
            return;
        }
        json.writeArrayPropertyStart(field);
        for (var item : items) {
            json.writeStartObject();
            fields.accept(item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void probes(List<ProbeResult> probes) {
        json.writeStartArray();
        probes.forEach(this::probe);
        json.writeEndArray();
    }

    private void probe(ProbeResult probe) {
        json.writeStartObject();
        json.writeObjectPropertyStart("from");
        json.writeStringProperty("namespace", probe.podNamespace());
        json.writeStringProperty("name", probe.podName());
        json.writeEndObject();
        json.writeObjectPropertyStart("to");
        json.writeStringProperty("address", probe.address().toString());
        json.writeNumberProperty("port", probe.port());
        json.writeStringProperty("protocol", probe.protocol().name());
        json.writeStringProperty("service", probe.service());
        json.writeEndObject();
        json.writeStringProperty("outcome", probe.outcome().toString());
        json.writeNumberProperty("rttMicros", probe.rttMicros());
        json.writeNumberProperty("attempts", probe.attempts());
        json.writeStringProperty("detail", probe.detail());
        json.writeStringProperty("at", probe.at() == null ? null : probe.at().toString());
        json.writeStringProperty("id", probe.id());
        json.writeEndObject();
    }
}
