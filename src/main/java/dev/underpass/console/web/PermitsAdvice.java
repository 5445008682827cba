package dev.underpass.console.web;

import dev.underpass.console.Impersonated;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.EditHistory;
import dev.underpass.console.edit.EditView;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.console.edit.Right;
import dev.underpass.console.edit.Rights;
import dev.underpass.console.security.Visitor;
import java.util.Map;
import java.util.stream.Stream;
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

    private Mono<Permits> permits(Flux<Right> wanted, String who) {
        return wanted.filterWhen(rights::refused)
                .collectMap(
                        right -> Permits.key(right.verb(), right.name()),
                        right -> new Permits.Barred(
                                who, right.verb(), right.kind().kind().resource(), right.namespace()))
                .map(Permits::new);
    }

    private Flux<Right> wanted(ServerWebExchange exchange) {
        var pattern = exchange.<PathPattern>getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        Map<String, String> names =
                exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
        var name = names.getOrDefault("name", "");
        return switch (pattern == null ? "" : pattern.getPatternString()) {
            case "/pools" -> Flux.just(new Right("create", EditedKind.IP_POOL, "", ""));
            case "/pools/{name}" -> Flux.just(new Right("patch", EditedKind.IP_POOL, "", name));
            case "/reservedips" -> Flux.just(new Right("create", EditedKind.RESERVED_IP, "", ""));
            case "/networks/{namespace}/{name}" ->
                Flux.just(new Right("patch", EditedKind.MULTUS_CONFIG, names.getOrDefault("namespace", ""), name));
            case "/coordinator" -> coordinators();
            case "/changes/{id}" -> Flux.fromStream(() -> undoing(names.getOrDefault("id", "")));
            default -> Flux.empty();
        };
    }

    private Flux<Right> coordinators() {
        return analysis.current()
                .flatMapIterable(
                        cluster -> cluster.analysis().snapshot().spiderpool().coordinators())
                .take(MOST_COORDINATORS)
                .map(each -> new Right("patch", EditedKind.COORDINATOR, "", each.name()));
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
