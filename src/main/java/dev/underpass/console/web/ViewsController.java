package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.audit.AuditNote;
import dev.underpass.console.security.LocalPath;
import dev.underpass.console.security.Visitor;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Addresses of this console under names, for everybody who may look.
@Controller
class ViewsController {

    private static final String HERE = "/views";

    private final SavedViews views;

    ViewsController(SavedViews views) {
        this.views = views;
    }

    /// What the page shows.
    ///
    /// @param form what was typed
    /// @param asker who looks
    record ViewsPage(List<SavedView> views, Form form, Visitor asker) {

        /// Whether they may rename or delete it.
        public boolean mine(SavedView view) {
            return asker.admin() || view.owner().equals(asker.name());
        }
    }

    /// @param renamed the view that was to be renamed; empty for one that was to be saved
    /// @param field where something is wrong; empty where nothing is
    /// @param error why
    record Form(String renamed, String name, String to, String field, String error) {}

    @GetMapping(HERE)
    Rendering list(@RequestParam(defaultValue = "") String to, ServerWebExchange exchange) {
        return page(new Form("", "", to, "", ""), HttpStatus.OK, exchange);
    }

    private Rendering page(Form form, HttpStatus status, ServerWebExchange exchange) {
        return Rendering.view("views")
                .status(status)
                .modelAttribute("page", new ViewsPage(views.all(), form, Visitor.of(exchange)))
                .build();
    }

    @GetMapping("/views/{id}")
    Rendering open(@PathVariable String id, ServerWebExchange exchange) {
        var view = views.view(id);
        return seeOther(LocalPath.of(view.to(), HERE), exchange);
    }

    private static Rendering seeOther(String path, ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        return Rendering.redirectTo(path).status(HttpStatus.SEE_OTHER).build();
    }

    @PostMapping(HERE)
    Mono<Rendering> save(ServerWebExchange exchange) {
        var owner = Visitor.of(exchange).name();
        return done(exchange, "", form -> views.save(text(form, "name"), text(form, "to"), owner));
    }

    @PostMapping("/views/{id}/rename")
    Mono<Rendering> rename(@PathVariable String id, ServerWebExchange exchange) {
        return done(exchange, id, form -> views.rename(own(id, exchange), text(form, "name")));
    }

    @PostMapping("/views/{id}/delete")
    Mono<Rendering> delete(@PathVariable String id, ServerWebExchange exchange) {
        return done(exchange, id, _ -> {
            var view = own(id, exchange);
            views.delete(view);
            return view;
        });
    }

    /// @throws RefusedException if it is somebody else's
    private SavedView own(String id, ServerWebExchange exchange) {
        var view = views.view(id);
        var asker = Visitor.of(exchange);
        if (!asker.admin() && !view.owner().equals(asker.name())) {
            throw new RefusedException(
                    HttpStatus.FORBIDDEN,
                    "forbidden",
                    "The view is somebody else's: whoever saved it may change it, and admins may.");
        }
        return view;
    }

    private interface Work {
        SavedView on(MultiValueMap<String, String> form);
    }

    /// Does it where it may wait for the store, and notes it.
    private Mono<Rendering> done(ServerWebExchange exchange, String id, Work work) {
        return exchange.getFormData()
                .flatMap(form -> Mono.fromSupplier(noted(exchange, () -> work.on(form)))
                        .subscribeOn(Schedulers.boundedElastic())
                        .map(_ -> seeOther(HERE, exchange))
                        .onErrorResume(
                                InvalidInputException.class,
                                e -> Mono.just(page(
                                        new Form(
                                                id,
                                                text(form, "name"),
                                                text(form, "to"),
                                                e.field(),
                                                String.valueOf(e.getMessage())),
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        exchange))));
    }

    private static Supplier<SavedView> noted(ServerWebExchange exchange, Supplier<SavedView> work) {
        return () -> {
            var view = work.get();
            AuditNote.of(exchange).ifPresent(note -> {
                note.tell("view", view.id());
                note.tell("name", view.name());
                note.tell("to", view.to());
            });
            return view;
        };
    }

    private static String text(MultiValueMap<String, String> form, String field) {
        var value = form.getFirst(field);
        return value == null ? "" : value;
    }
}
