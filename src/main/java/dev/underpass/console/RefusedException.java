package dev.underpass.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// A request that is not done, with the problem that says why.
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final String type;

    @SuppressWarnings("serial") // A copy by List.copyOf, which is serializable.
    private final List<String> header;

    private final @Nullable String place;

    /// @param type the last part of the problem's type
    public RefusedException(HttpStatus status, String type, String reason) {
        this(status, type, reason, List.of(), null);
    }

    private RefusedException(
            HttpStatus status, String type, String reason, List<String> header, @Nullable String place) {
        super(reason);
        this.status = status;
        this.type = type;
        this.header = List.copyOf(header);
        this.place = place;
    }

    /// The same with a header.
    public RefusedException with(String name, String value) {
        return new RefusedException(status, type, String.valueOf(getMessage()), List.of(name, value), place);
    }

    /// The same with the place in the document that is wrong.
    public RefusedException at(String where) {
        return new RefusedException(status, type, String.valueOf(getMessage()), header, where);
    }

    public HttpStatus status() {
        return status;
    }

    public String type() {
        return type;
    }

    /// Name and value of the header that belongs to it; empty without one.
    public List<String> header() {
        return header;
    }

    public @Nullable String place() {
        return place;
    }
}
