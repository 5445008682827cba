package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.Visible;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;

/// Errors of pages, in the layout of every page, all in one place.
@ControllerAdvice(basePackageClasses = PageErrors.class)
class PageErrors {

    private final PageModel pages;

    PageErrors(PageModel pages) {
        this.pages = pages;
    }

    @ExceptionHandler
    Rendering notFound(NotFoundException e, ServerWebExchange exchange) {
        return page(
                exchange,
                HttpStatus.NOT_FOUND,
                "error.notFound",
                pages.speech(exchange).of(e.sentence()));
    }

    @ExceptionHandler
    Rendering invalid(InvalidInputException e, ServerWebExchange exchange) {
        return page(
                exchange,
                HttpStatus.BAD_REQUEST,
                "error.invalid",
                e.field() + ": " + pages.speech(exchange).of(e.sentence()));
    }

    @ExceptionHandler
    Rendering missing(MissingRequestValueException e, ServerWebExchange exchange) {
        return page(exchange, HttpStatus.BAD_REQUEST, "error.invalid", e.getName() + ": missing");
    }

    @ExceptionHandler
    Rendering unreadable(ServerWebInputException e, ServerWebExchange exchange) {
        var parameter = e.getMethodParameter();
        var detail = parameter != null && e.getCause() instanceof TypeMismatchException wrong
                ? parameter.getParameterName() + ": "
                        + pages.speech(exchange).of(Phrases.NOT_A_NUMBER.with(String.valueOf(wrong.getValue())))
                : String.valueOf(e.getReason());
        return page(exchange, HttpStatus.BAD_REQUEST, "error.invalid", detail);
    }

    /// A name in the path that can be nobody's.
    @ExceptionHandler
    Rendering illegal(IllegalArgumentException e, ServerWebExchange exchange) {
        return page(exchange, HttpStatus.NOT_FOUND, "error.notFound", String.valueOf(e.getMessage()));
    }

    private Rendering page(ServerWebExchange exchange, HttpStatusCode status, String title, String detail) {
        return Rendering.view("error")
                .status(status)
                .modelAttribute("frame", pages.frame(exchange))
                .modelAttribute("titleKey", title)
                .modelAttribute("detail", Visible.of(detail))
                .build();
    }
}
