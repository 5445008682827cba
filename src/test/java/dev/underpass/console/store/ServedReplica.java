package dev.underpass.console.store;

import dev.underpass.kubeapi.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A replica as a process of its own, which can be killed and started again.
final class ServedReplica {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// As the image has it: `scripts/ha-load` makes it. The cache is of a start in this folder and serves no
    /// other; without it a replica does not start.
    private static final Path SERVED = Path.of(System.getProperty("underpass.served", "target/served"));

    private final int port;
    private final ServerProcess process;

    ServedReplica(String name, Path folder, Path kubeconfig, String redis) throws IOException {
        port = ServerProcess.freePort();
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxRAMPercentage=75",
                "-Xmx512m",
                "-XX:AOTCache=console.aot",
                "-XX:AOTMode=on",
                "-jar",
                "underpass.jar",
                "serve",
                "--server.port=" + port,
                "--management.server.port=0",
                "--underpass.agents.auth=loopback",
                "--underpass.kubernetes.kubeconfig=" + kubeconfig,
                "--underpass.store=redis",
                "--underpass.store.spool=" + folder.resolve(name + ".spool"),
                "--spring.data.redis.url=" + redis);
        process = new ServerProcess(command, SERVED, folder.resolve(name + ".log"), this::answers);
    }

    int port() {
        return port;
    }

    void start() throws IOException {
        process.start();
    }

    void kill() {
        process.kill();
    }

    private boolean answers() {
        try {
            return get("/api/v1/setup").has("store");
        } catch (IOException _) {
            return false;
        }
    }

    /// Whether it does not have its store, or has something to tell to it.
    boolean storeIsAway() throws IOException {
        var store = get("/api/v1/setup").path("store");
        return store.path("awaySince").isString() || store.path("waiting").asInt(-1) != 0;
    }

    int status(String path) throws IOException {
        return ServerProcess.get(port, path).statusCode();
    }

    JsonNode get(String path) throws IOException {
        return JSON.readTree(ServerProcess.get(port, path).body());
    }
}
