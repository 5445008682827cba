package dev.underpass.console.api;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;

/// Errors of the API as problem details (RFC 9457), all in one place.
@RestControllerAdvice(
        basePackages = {
            "dev.underpass.console.api",
            "dev.underpass.console.reports",
            "dev.underpass.console.probes",
            "dev.underpass.console.journal",
            "dev.underpass.console.events",
            "dev.underpass.console.edit",
            "dev.underpass.console.mutes",
            "dev.underpass.console.capture",
            "dev.underpass.console.recordings"
        })
@Order(0)
class Problems {

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException e) {
        return problem(HttpStatus.NOT_FOUND, "not-found", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidInputException e) {
        return invalid(e.field(), String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail missing(MissingRequestValueException e) {
        return invalid(e.getName(), "missing");
    }

    @ExceptionHandler
    ProblemDetail unreadable(ServerWebInputException e) {
        var parameter = e.getMethodParameter();
        var name = parameter == null ? null : parameter.getParameterName();
        return invalid(name == null ? "" : name, "not of the form that is expected");
    }

    /// A name in the path that can be nobody's.
    @ExceptionHandler
    ProblemDetail illegal(IllegalArgumentException e) {
        return problem(HttpStatus.NOT_FOUND, "not-found", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail other(ResponseStatusException e) {
        var status = e.getStatusCode();
        var detail = e.getReason() == null ? phrase(status) : e.getReason();
        return problem(status, "http-" + status.value(), detail);
    }

    private static String phrase(HttpStatusCode status) {
        var known = HttpStatus.resolve(status.value());
        return known == null ? "status " + status.value() : known.getReasonPhrase();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(RefusedException e) {
        var problem = problem(e.status(), e.type(), String.valueOf(e.getMessage()));
        if (e.place() != null) {
            problem.setDetail(e.place().isEmpty() ? e.getMessage() : e.place() + ": " + e.getMessage());
            problem.setProperty(
                    "errors", List.of(Map.of("field", e.place(), "message", String.valueOf(e.getMessage()))));
        }
        e.properties().forEach(problem::setProperty);
        var response = ResponseEntity.status(e.status());
        if (!e.header().isEmpty()) {
            response.header(e.header().getFirst(), e.header().getLast());
        }
        return response.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    private static ProblemDetail invalid(String field, String message) {
        var problem = problem(HttpStatus.BAD_REQUEST, "invalid-input", field + ": " + message);
        problem.setProperty("errors", List.of(Map.of("field", field, "message", message)));
        return problem;
    }

    private static ProblemDetail problem(HttpStatusCode status, String type, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("https://underpass.dev/problems/" + type));
        return problem;
    }
}
