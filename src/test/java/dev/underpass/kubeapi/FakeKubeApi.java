package dev.underpass.kubeapi;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.node.ObjectNode;

/// A fake of the Kubernetes API, which behaves as an API server 1.36 was seen to.
public final class FakeKubeApi implements KubeApi {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", "kube-system");

    private final Store store = new Store();
    private final Access access = new Access();
    private final Collection<ResourceType> types = new CopyOnWriteArrayList<>(ResourceTypes.ALL);
    private final Collection<Webhook> webhooks = new CopyOnWriteArrayList<>();
    private final ApiHandler handler = new ApiHandler(store, access, types, webhooks);
    private final LoopResources loops = LoopResources.create("kube-api", 2, true);
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final AtomicBoolean breaking = new AtomicBoolean();
    private final AtomicBoolean losing = new AtomicBoolean();
    private final Set<Connection> watching = ConcurrentHashMap.newKeySet();
    private ChannelGroup connections = connections();
    private @Nullable DisposableServer server;
    private @Nullable SslContext tls;
    private KubeCalls.@Nullable Server address;
    private int port;

    /// One that serves every resource; it does not listen yet.
    public FakeKubeApi() {
        load(NAMESPACES.stream().map(FakeKubeApi::namespace).toList());
    }

    /// Serves with a certificate from the next start on.
    ///
    /// @param clients whom it knows by their certificates, whose names are those of users; absent where tokens do
    public synchronized void secure(LoopbackCertificate itself, @Nullable LoopbackCertificate clients) {
        try {
            var builder = SslContextBuilder.forServer(
                    itself.certificate().toFile(), itself.key().toFile());
            if (clients != null) {
                builder.trustManager(clients.certificate().toFile()).clientAuth(ClientAuth.REQUIRE);
            }
            tls = builder.build();
            address = new KubeCalls.Server(URI.create("https://127.0.0.1:0"), itself.pem(), itself.trust());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void start() {
        if (server == null) {
            var context = tls;
            connections = connections();
            var http = HttpServer.create();
            server = (context == null ? http : http.secure(spec -> spec.sslContext(context)))
                    .runOn(loops)
                    .host("127.0.0.1")
                    .port(port)
                    .channelGroup(connections)
                    .handle(this::serve)
                    .bindNow(Duration.ofSeconds(10));
            port = server.port();
        }
    }

    /// Closes also who comes when the others are closed already.
    private static ChannelGroup connections() {
        return new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            connections.close().awaitUninterruptibly();
            server.disposeNow(Duration.ofSeconds(10));
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        loops.dispose();
    }

    private Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asString(StandardCharsets.UTF_8)
                .defaultIfEmpty("")
                .map(body -> read(request, body, response))
                .flatMap(whole -> answer(whole, response));
    }

    private ApiRequest read(HttpServerRequest request, String body, HttpServerResponse response) {
        var path = URI.create(request.uri()).getRawPath();
        var headers = request.requestHeaders();
        if (!headers.contains("Authorization")) {
            response.withConnection(connection -> certified(connection.channel())
                    .ifPresent(user -> {
                        admit(user);
                        headers.set("Authorization", "Bearer " + Access.token(user));
                    }));
        }
        return new ApiRequest(request.method().name(), path, Query.of(request.uri()), headers, body);
    }

    /// Whom the client's certificate names.
    private static Optional<String> certified(Channel channel) {
        var tls = channel.pipeline().get(SslHandler.class);
        if (tls == null || !tls.engine().getNeedClientAuth()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    tls.engine().getSession().getPeerPrincipal().getName().replaceFirst("^CN=", ""));
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("TLS let a client without a certificate in", e);
        }
    }

    private Mono<Void> answer(ApiRequest request, HttpServerResponse response) {
        if (isWrite(request) && losing.getAndSet(false)) {
            response.withConnection(Connection::dispose);
            return Mono.never();
        }
        return send(request, handler.answer(request), response);
    }

    private Mono<Void> send(ApiRequest request, Answer answer, HttpServerResponse response) {
        asked.merge(request.path(), 1, Integer::sum);
        if (isWrite(request) && breaking.getAndSet(false)) {
            response.withConnection(Connection::dispose);
            return Mono.never();
        }
        return switch (answer) {
            case Answer.Whole whole -> {
                whole.warnings()
                        .forEach(text -> response.addHeader("Warning", "299 - \"" + text.replace("\"", "\\\"") + "\""));
                yield response.status(whole.code())
                        .header("Content-Type", whole.contentType())
                        .sendString(Mono.just(whole.body()))
                        .then();
            }
            case Answer.Lines watch -> stream(watch, response);
        };
    }

    /// A dry run is none.
    private static boolean isWrite(ApiRequest request) {
        return WRITES.contains(request.method())
                && !request.path().endsWith("reviews")
                && !request.query().text("dryRun").equals("All");
    }

    private Mono<Void> stream(Answer.Lines watch, HttpServerResponse response) {
        response.withConnection(watching::add);
        var lines = watch.lines()
                .map(line -> Unpooled.copiedBuffer(line, StandardCharsets.UTF_8))
                .startWith(ByteBufAllocator.DEFAULT.buffer(0))
                .doFinally(_ -> response.withConnection(watching::remove));
        return response.header("Content-Type", "application/json")
                .send(lines, _ -> true)
                .then();
    }

    /// Cuts the connections of the running watches without a word.
    public void dropWatches() {
        watching.forEach(Connection::dispose);
    }

    /// Sends a bookmark on every watch that allows it, as a server does once a minute.
    public void bookmark() {
        store.mark();
    }

    @Override
    public void expire() {
        store.expire();
    }

    @Override
    public void establish(String resource) {
        var type = ResourceTypes.named(resource);
        if (!types.contains(type)) {
            types.add(type);
        }
    }

    @Override
    public void withdraw(String resource) {
        var type = ResourceTypes.named(resource);
        types.remove(type);
        store.withdraw(type.qualified());
    }

    @Override
    public void deny(String user, String verb, String resource) {
        access.deny(user, verb, resource);
    }

    @Override
    public void allow(String user, String verb, String resource) {
        access.allow(user, verb, resource);
    }

    @Override
    public String token(String account, String audience) {
        var token = UUID.randomUUID().toString();
        token(token, account, List.of(audience), Map.of());
        return token;
    }

    /// Makes a token of a service account.
    ///
    /// @param account such as `system:serviceaccount:default:probe`
    /// @param audiences those that it is for; the API server itself takes only its own
    /// @param extra what a review of it says beside the name, such as the node of its Pod
    public void token(String token, String account, List<String> audiences, Map<String, List<String>> extra) {
        var user = User.named(account, List.of());
        access.put(token, new Access.Token(new User(user.name(), user.groups(), extra), audiences));
    }

    /// Performs the next write, and cuts its connection instead of answering.
    public void breakOff() {
        breaking.set(true);
    }

    /// Cuts the connection of the next write before it is performed.
    public void lose() {
        losing.set(true);
    }

    /// Has every later write judged by a webhook.
    public void admitBy(Webhook webhook) {
        webhooks.add(webhook);
    }

    /// The stored objects of a type, without a request.
    public List<ObjectNode> stored(String resource) {
        return List.copyOf(store.all(ResourceTypes.named(resource).qualified()).values());
    }

    /// Stores many objects at once, with their status, uid and age and without requests; a namespace that is missing
    /// is made.
    public void load(Collection<ObjectNode> objects) {
        objects.forEach(this::load);
    }

    /// Stores an object, new or in place of the one of its name, without a request: also while it is stopped.
    public void load(String yaml) {
        load(Json.parse(yaml));
    }

    /// Removes an object without a request: also while it is stopped.
    ///
    /// @param name `NAMESPACE/NAME` where it is in a namespace
    public void unload(String resource, String name) {
        var type = ResourceTypes.named(resource).qualified();
        int slash = name.indexOf('/');
        store.remove(new Store.Key(type, name.substring(0, Math.max(slash, 0)), name.substring(slash + 1)));
    }

    /// How many requests for a path there were.
    public int asked(String path) {
        return asked.getOrDefault(path, 0);
    }

    private void load(ObjectNode object) {
        var type = ResourceTypes.of(object);
        var namespace = type.namespaced() ? Json.text(object, "metadata", "namespace") : "";
        if (type.namespaced()
                && store.find(new Store.Key("namespaces", "", namespace)).isEmpty()) {
            load(namespace(namespace));
        }
        var target = new Target(type, namespace, Json.text(object, "metadata", "name"), "");
        var created = new Preparation(target, new WriteOptions(false, "load", true, "Ignore")).created(object);
        if (object.has("status")) {
            created.set("status", object.get("status"));
        }
        var given = object.path("metadata");
        for (var field : List.of("uid", "creationTimestamp")) {
            if (given.has(field)) {
                Json.child(created, "metadata").set(field, given.get(field));
            }
        }
        store.put(target.key(), created);
    }

    private static ObjectNode namespace(String name) {
        return Json.parse("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
    }

    @Override
    public KubeCalls calls(String user) {
        admit(user);
        try {
            var known = address;
            var server = known == null
                    ? new KubeCalls.Server(URI.create("http://127.0.0.1:" + port), "", SSLContext.getDefault())
                    : new KubeCalls.Server(URI.create("https://127.0.0.1:" + port), known.authority(), known.tls());
            return new KubeCalls(server, user, Access.token(user));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    private void admit(String user) {
        var token = Access.token(user);
        if (access.find(token).isEmpty()) {
            access.put(token, new Access.Token(User.named(user, List.of()), List.of(AUDIENCE)));
        }
    }

    /// Knows a token no more.
    public void revoke(String token) {
        access.remove(token);
    }

    public int port() {
        return port;
    }
}
