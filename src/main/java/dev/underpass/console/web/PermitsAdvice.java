package dev.underpass.console.web;

import dev.underpass.cluster.Policies.Namespace;
import dev.underpass.cluster.SpiderpoolResources.ReservedIp;
import dev.underpass.console.Impersonated;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.EditHistory;
import dev.underpass.console.edit.EditView;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.console.edit.Right;
import dev.underpass.console.edit.Rights;
import dev.underpass.console.security.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Asks the cluster about the controls of the pages that have some.
@ControllerAdvice(basePackageClasses = PageModel.class)
class PermitsAdvice {

    private static final int MOST_COORDINATORS = 8;

    /// More are not asked about, and their controls stay.
    private static final int MOST_ROWS = 50;

    private static final int MOST_NAMESPACES = 16;

    /// A page does not wait longer for all hints together.
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final Rights rights;
    private final CurrentAnalysis analysis;
    private final EditHistory edits;

    PermitsAdvice(Rights rights, CurrentAnalysis analysis, EditHistory edits) {
        this.rights = rights;
        this.analysis = analysis;
        this.edits = edits;
    }

    /// Whom a role lets edit nothing is told that, and nothing is asked.
    @ModelAttribute("permits")
    Mono<Permits> permits(ServerWebExchange exchange) {
        return Mono.deferContextual(
                context -> Visitor.of(context).admin() && analysis.live().isPresent()
                        ? permits(
                                wanted(exchange),
                                Impersonated.of(context).map(Impersonated::user).orElse(""))
                        : Mono.just(Permits.ALL));
    }

    private Mono<Permits> permits(Flux<Control> wanted, String who) {
        return wanted.filterWhen(this::isBarred)
                .collectMap(control -> Permits.key(control.verb(), control.name()), control -> control.barred(who))
                .map(Permits::new)
                .timeout(PATIENCE, Mono.just(Permits.ALL));
    }

    /// What a page offers to do.
    ///
    /// @param name how the page names it: mostly the object
    /// @param rights any of which is enough, the widest first
    private record Control(String name, List<Right> rights) {

        private Control {
            rights = List.copyOf(rights);
        }

        private static Control of(Right right) {
            return new Control(right.name(), List.of(right));
        }

        private String verb() {
            return rights.getFirst().verb();
        }

        private Permits.Barred barred(String who) {
            var right = rights.getFirst();
            var kind = right.kind().kind();
            return new Permits.Barred(who, right.verb(), kind.resource(), right.namespace());
        }
    }

    private Mono<Boolean> isBarred(Control control) {
        return Flux.fromIterable(control.rights()).concatMap(rights::refused, 1).all(refused -> refused);
    }

    private Flux<Control> wanted(ServerWebExchange exchange) {
        var pattern = exchange.<PathPattern>getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        Map<String, String> names =
                exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
        var name = names.getOrDefault("name", "");
        return switch (pattern == null ? "" : pattern.getPatternString()) {
            case "/pools" -> Flux.just(Control.of(create(EditedKind.IP_POOL, "")));
            case "/pools/{name}" -> Flux.just(Control.of(new Right("patch", EditedKind.IP_POOL, "", name)));
            case "/reservedips" ->
                Flux.concat(Flux.just(Control.of(create(EditedKind.RESERVED_IP, ""))), reservedAddresses());
            case "/networks" -> newNetwork("");
            case "/networks/{namespace}/{name}" ->
                Flux.just(Control.of(
                        new Right("patch", EditedKind.MULTUS_CONFIG, names.getOrDefault("namespace", ""), name)));
            case WizardQuestion.PATH -> ofWizard(exchange.getRequest().getQueryParams());
            case "/coordinator" -> coordinators();
            case "/changes/{id}" ->
                Flux.fromStream(() -> undoing(names.getOrDefault("id", ""))).map(Control::of);
            default -> Flux.empty();
        };
    }

    private static Right create(EditedKind kind, String namespace) {
        return new Right("create", kind, namespace, "");
    }

    /// Nobody has typed a namespace yet: in the way is what is refused in each of them.
    private Flux<Control> newNetwork(String name) {
        return analysis.current()
                .map(cluster -> cluster.analysis().snapshot().policies().namespaces())
                .filter(namespaces -> namespaces.size() <= MOST_NAMESPACES)
                .map(namespaces -> Stream.concat(
                                Stream.of(""), namespaces.stream().map(Namespace::name))
                        .map(namespace -> create(EditedKind.MULTUS_CONFIG, namespace))
                        .toList())
                .map(each -> new Control(name, each))
                .flux();
    }

    /// What its result makes, by kind.
    private Flux<Control> ofWizard(MultiValueMap<String, String> query) {
        if (!"result".equals(query.getFirst("step"))) {
            return Flux.empty();
        }
        var pool = EditedKind.IP_POOL.kind().kind();
        var network = EditedKind.MULTUS_CONFIG.kind().kind();
        var namespace = query.getFirst("netns");
        return Flux.concat(
                Flux.just(new Control(pool, List.of(create(EditedKind.IP_POOL, "")))),
                namespace == null || namespace.isBlank()
                        ? newNetwork(network)
                        : Flux.just(new Control(network, List.of(create(EditedKind.MULTUS_CONFIG, namespace)))));
    }

    /// Most may do it to all of them or to none.
    private Flux<Control> reservedAddresses() {
        return analysis.current()
                .flatMapIterable(
                        cluster -> cluster.analysis().snapshot().spiderpool().reservedIps())
                .take(MOST_ROWS)
                .map(ReservedIp::name)
                .map(name -> new Control(
                        name,
                        Stream.of("", name)
                                .map(each -> new Right("patch", EditedKind.RESERVED_IP, "", each))
                                .toList()));
    }

    private Flux<Control> coordinators() {
        return analysis.current()
                .flatMapIterable(
                        cluster -> cluster.analysis().snapshot().spiderpool().coordinators())
                .take(MOST_COORDINATORS)
                .map(each -> Control.of(new Right("patch", EditedKind.COORDINATOR, "", each.name())));
    }

    private Stream<Right> undoing(String id) {
        return edits.newestFirst().stream()
                .filter(edit -> edit.id().equals(id))
                .flatMap(edit -> kinds(edit)
                        .map(kind -> new Right(undoingVerb(edit.operation()), kind, edit.namespace(), edit.name())));
    }

    private static Stream<EditedKind> kinds(EditView edit) {
        return Stream.of(EditedKind.values()).filter(kind -> kind.kind().kind().equals(edit.kind()));
    }

    private static String undoingVerb(String operation) {
        return switch (operation) {
            case "create" -> "delete";
            case "delete" -> "create";
            default -> "patch";
        };
    }
}
