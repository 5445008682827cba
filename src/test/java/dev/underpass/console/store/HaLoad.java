package dev.underpass.console.store;

import dev.underpass.Recordings;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.kubeapi.FakeKubeApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Two replicas, one Redis and many clients, while one replica is killed every 20 s and Redis is away for 30 s:
/// `scripts/ha-load`.
public final class HaLoad {

    private static final Logger LOG = LoggerFactory.getLogger(HaLoad.class);
    private static final int BROWSERS = 100;
    private static final int AGENTS = 200;
    private static final int KILL_EVERY = 20;
    private static final int REDIS_AWAY_FROM = 75;
    private static final int REDIS_AWAY_TO = 105;

    private HaLoad() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length == 0 ? 180 : Integer.parseInt(arguments[0]);
        var folder = Files.createTempDirectory("ha-load");
        LOG.info("Logs are in {}", folder);
        try (var api = new FakeKubeApi();
                var redis = RedisServer.keeping()) {
            api.start();
            for (var objects : BundleReader.contents(Recordings.path("healthy"))
                    .resources()
                    .values()) {
                api.load(objects.stream().map(ObjectNode.class::cast).toList());
            }
            LoadAgents.nodes(AGENTS)
                    .forEach(node -> api.load("{apiVersion: v1, kind: Node, metadata: {name: %s}}".formatted(node)));
            var replicas = List.of(
                    new ServedReplica("a", folder, api.kubeconfig(), redis.url()),
                    new ServedReplica("b", folder, api.kubeconfig(), redis.url()));
            try {
                run(seconds, api, redis, replicas);
            } finally {
                replicas.forEach(ServedReplica::kill);
            }
        }
        System.exit(0);
    }

    private static void run(int seconds, FakeKubeApi api, RedisServer redis, List<ServedReplica> replicas)
            throws IOException, InterruptedException {
        for (var replica : replicas) {
            replica.start();
        }
        try (var proxy =
                new RoundRobin(replicas.stream().map(ServedReplica::port).toList())) {
            var console = "http://127.0.0.1:" + proxy.port();
            var nodes = LoadAgents.nodes(AGENTS);
            var shown = new LoadShown(replicas);
            var editor = new LoadEditor(api, console, shown::answered);
            var agents = new LoadAgents(AGENTS, console);
            var browsers =
                    new LoadStreams(BROWSERS, _ -> URI.create(console + "/api/v1/events"), LoadStreams.OF_BROWSERS);
            var commands = new LoadStreams(
                    AGENTS,
                    i -> URI.create(console + "/api/v1/nodes/" + nodes.get(i) + "/commands"),
                    LoadStreams.OF_AGENTS);
            Thread.sleep(10_000);
            editor.start();
            disturb(seconds, redis, replicas, shown);
            Thread.sleep(5_000);
            editor.end();
            settle(replicas);
            shown.end();
            LOG.info("{}", editor);
            LOG.info("a: {}", editor.held(replicas.get(0)));
            LOG.info("b: {}", editor.held(replicas.get(1)));
            LOG.info("{}", shown);
            LOG.info("browsers' streams: {}; {} silent at the end", browsers.recoveries(), silent(browsers));
            LOG.info("agents' streams: {}; {} silent at the end", commands.recoveries(), silent(commands));
            LOG.info("{}", agents);
            browsers.end();
            commands.end();
            agents.end();
        }
    }

    private static long silent(LoadStreams streams) {
        return streams.silent(Duration.ofSeconds(15));
    }

    private static void disturb(int seconds, RedisServer redis, List<ServedReplica> replicas, LoadShown shown)
            throws IOException, InterruptedException {
        Thread starting = Thread.ofVirtual().unstarted(() -> {});
        for (int second = 1; second <= seconds; second++) {
            Thread.sleep(1_000);
            if (second == REDIS_AWAY_FROM) {
                LOG.info("{} s: Redis is stopped", second);
                shown.storeIsAway(true);
                redis.stop();
            } else if (second == REDIS_AWAY_TO) {
                LOG.info("{} s: Redis is started", second);
                redis.start();
                Thread.ofVirtual().start(() -> back(replicas, shown));
            }
            if (second % KILL_EVERY == 0) {
                starting.join();
                var victim = replicas.get(second / KILL_EVERY % 2);
                LOG.info("{} s: the replica at {} is killed", second, victim.port());
                victim.kill();
                starting = Thread.ofPlatform().start(() -> startAgain(victim));
            }
        }
        starting.join();
    }

    /// Redis is back for us when all replicas that serve know it.
    private static void back(List<ServedReplica> replicas, LoadShown shown) {
        for (var replica : replicas) {
            untilAnswered(replica);
        }
        shown.storeIsAway(false);
    }

    private static void untilAnswered(ServedReplica replica) {
        try {
            for (int i = 0; i < 600 && replica.storeIsAway(); i++) {
                Thread.sleep(100);
            }
        } catch (IOException e) {
            LOG.info("The replica at {} is away itself: {}", replica.port(), e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void startAgain(ServedReplica replica) {
        long begun = System.nanoTime();
        try {
            replica.start();
            LOG.info("It answers again after {} ms", (System.nanoTime() - begun) / 1_000_000);
        } catch (IOException e) {
            LOG.error("It does not start", e);
        }
    }

    /// Until the store answers and nothing waits for it.
    private static void settle(List<ServedReplica> replicas) throws IOException, InterruptedException {
        for (var replica : replicas) {
            for (int i = 0; i < 60; i++) {
                if (!replica.storeIsAway()) {
                    break;
                }
                Thread.sleep(500);
            }
        }
        Thread.sleep(10_000);
    }
}
