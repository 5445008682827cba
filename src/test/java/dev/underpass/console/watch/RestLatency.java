package dev.underpass.console.watch;

import dev.underpass.Recordings;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.kubeapi.FakeKubeApi;
import dev.underpass.kubeapi.KubeApi;
import dev.underpass.kubeapi.LoopbackCertificate;
import dev.underpass.kubeapi.RealKubeApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.node.ObjectNode;

/// Measures how long a Service that kubectl created takes to appear in the console's REST API: `scripts/rest-latency`.
///
/// The time runs from the moment when kubectl has the API server's answer, as its own end tells, to the first answer
/// of the console that has the Service. The API server is a real one where `KUBEBUILDER_ASSETS` names it, else the
/// fake; the cluster is a recorded one, which the console analyses anew for each Service.
public final class RestLatency {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final KubeApi api;
    private final Path kubeconfig;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String console;

    private RestLatency(KubeApi api, Path kubeconfig, String console) {
        this.api = api;
        this.kubeconfig = kubeconfig;
        this.console = console;
    }

    public static void main(String[] arguments) throws Exception {
        try {
            measure(arguments);
        } catch (IOException e) {
            LoggerFactory.getLogger(RestLatency.class).error("Not measured", e);
            System.exit(1);
        }
        System.exit(0);
    }

    private static void measure(String... arguments) throws Exception {
        int rounds = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        boolean real = System.getenv(RealKubeApi.ASSETS) != null;
        try (KubeApi api = real ? new RealKubeApi() : new FakeKubeApi()) {
            if (api instanceof FakeKubeApi fake) {
                // kubectl sends no token as clear text.
                fake.secure(LoopbackCertificate.of("serving", Files.createTempDirectory("rest-latency")), null);
            }
            api.start();
            if (api instanceof FakeKubeApi fake) {
                for (var objects : BundleReader.contents(Recordings.path("healthy"))
                        .resources()
                        .values()) {
                    fake.load(objects.stream().map(ObjectNode.class::cast).toList());
                }
            }
            var kubeconfig = api.kubeconfig(KubeApi.ADMIN);
            var context = console(api.kubeconfig());
            var port = context.getEnvironment().getProperty("local.server.port");
            var latency = new RestLatency(api, kubeconfig, "http://127.0.0.1:" + port);
            LoggerFactory.getLogger(RestLatency.class)
                    .info("{} API server: {}", real ? "real" : "fake", latency.measured(rounds));
            context.close();
        }
    }

    private static ConfigurableApplicationContext console(Path kubeconfig) {
        return SpringApplication.run(
                ConsoleApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--underpass.source=kubernetes",
                "--underpass.kubernetes.kubeconfig=" + kubeconfig);
    }

    private String measured(int rounds) throws IOException, InterruptedException {
        var nanos = new ArrayList<Long>();
        // The first rounds find the console's classes cold; they are told apart.
        int cold = 10;
        for (int i = 0; i < cold + rounds; i++) {
            long took = appeared("lat" + i);
            if (i >= cold) {
                nanos.add(took);
            }
            api.delete("services", "default/lat" + i);
        }
        var sorted = nanos.stream().sorted().toList();
        return "%d Services by kubectl: in REST after median %.0f ms, p99 %.0f ms, worst %.0f ms"
                .formatted(rounds, millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1));
    }

    private long appeared(String name) throws IOException, InterruptedException {
        var file = Files.writeString(Files.createTempFile("service", ".yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: default}
                spec: {clusterIP: 10.233.9.9, ports: [{port: 80, protocol: TCP, targetPort: 80}]}
                """.formatted(name));
        kubectl(file);
        long created = System.nanoTime();
        var request = HttpRequest.newBuilder(URI.create(console + "/api/v1/services/default/" + name))
                .build();
        while (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
            Thread.sleep(2);
        }
        Files.delete(file);
        return System.nanoTime() - created;
    }

    private void kubectl(Path file) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(
                        "kubectl", "--kubeconfig=" + kubeconfig, "create", "--validate=false", "-f", file.toString()))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("kubectl: " + said);
        }
    }

    private static double millis(List<Long> sorted, double share) {
        int index = Math.min(sorted.size() - 1, (int) (sorted.size() * share));
        return sorted.get(index) / (double) NANOS_PER_MILLI;
    }
}
