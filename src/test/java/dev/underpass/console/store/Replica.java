package dev.underpass.console.store;

import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.FormClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One of several consoles that share a store.
public final class Replica implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final int port;
    private final Queue<Disposable> streams = new ConcurrentLinkedQueue<>();

    private Replica(ConfigurableApplicationContext context) {
        this.context = context;
        this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /// Starts one with Redis, on ports of its own.
    public static Replica started(RedisServer redis, String... options) {
        var all = Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--management.server.port=0",
                                "--underpass.store=redis",
                                "--spring.data.redis.url=" + redis.url(),
                                "--spring.jmx.enabled=false"),
                        Stream.of(options))
                .toArray(String[]::new);
        return new Replica(new SpringApplicationBuilder(ConsoleApplication.class)
                .initializers(Replica::ownThreads)
                .run(all));
    }

    /// Those that all consoles in a process have in common would end with the first of them.
    private static void ownThreads(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> {
            var threads = new ReactorResourceFactory();
            threads.setUseGlobalResources(false);
            threads.setShutdownQuietPeriod(Duration.ZERO);
            return threads;
        });
    }

    /// The status of an answer at the port of health and metrics.
    int management(String path) {
        int management = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        return Clients.of(management)
                .get()
                .uri(path)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    public int port() {
        return port;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /// Sends a form with these fields and their texts, as the page's own does, and is led on.
    ///
    /// @return where it leads
    String form(String path, String... fields) {
        var form = new LinkedMultiValueMap<String, String>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            form.add(fields[i], fields[i + 1]);
        }
        return FormClient.sent(port, path, form);
    }

    EntityExchangeResult<byte[]> send(HttpMethod method, String path, String body, String... headers) {
        WebTestClient.RequestBodySpec request = Clients.of(port).method(method).uri(path);
        request.header("Content-Type", "application/json");
        for (int i = 0; i + 1 < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return (body.isEmpty() ? request : request.bodyValue(body))
                .exchange()
                .expectBody(byte[].class)
                .returnResult();
    }

    JsonNode get(String path) {
        return json(send(HttpMethod.GET, path, ""));
    }

    String page(String path) {
        return Clients.page(port, path);
    }

    static JsonNode json(EntityExchangeResult<byte[]> result) {
        var body = result.getResponseBody();
        return body == null || body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    }

    /// What a stream of events tells, from now on.
    List<ServerSentEvent<String>> stream(String path, String... headers) {
        List<ServerSentEvent<String>> events = new CopyOnWriteArrayList<>();
        var request = Clients.of(port).get().uri(path);
        for (int i = 0; i + 1 < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        streams.add(request.exchange()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .subscribe(events::add, _ -> {}));
        return events;
    }

    Store.Status store() {
        return Objects.requireNonNull(bean(Store.class).status());
    }

    @Override
    public void close() {
        streams.forEach(Disposable::dispose);
        context.close();
    }
}
