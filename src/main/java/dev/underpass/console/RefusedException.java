package dev.underpass.console;

import dev.underpass.words.Sentence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private final transient Map<String, Object> properties;

    private final transient Sentence sentence;

    /// @param type the last part of the problem's type
    public RefusedException(HttpStatus status, String type, String reason) {
        this(status, type, Sentence.line(reason));
    }

    /// @param type the last part of the problem's type
    public RefusedException(HttpStatus status, String type, Sentence reason) {
        this(status, type, reason, List.of(), null, Map.of());
    }

    private RefusedException(
            HttpStatus status,
            String type,
            Sentence reason,
            List<String> header,
            @Nullable String place,
            Map<String, Object> properties) {
        super(reason.toString());
        this.sentence = reason;
        this.status = status;
        this.type = type;
        this.header = List.copyOf(header);
        this.place = place;
        this.properties = properties;
    }

    /// The same with a header.
    public RefusedException with(String name, String value) {
        return new RefusedException(status, type, sentence, List.of(name, value), place, properties);
    }

    /// The same with the place in the document that is wrong.
    public RefusedException at(String where) {
        return new RefusedException(status, type, sentence, header, where, properties);
    }

    /// The same with something that a program can use.
    ///
    /// @param value what can be written as JSON
    public RefusedException telling(String property, Object value) {
        var more = Stream.concat(properties.entrySet().stream(), Stream.of(Map.entry(property, value)))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (_, last) -> last, LinkedHashMap::new));
        return new RefusedException(status, type, sentence, header, place, more);
    }

    /// Why it is not done.
    public Sentence sentence() {
        return sentence;
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

    /// What the problem tells beside its type and reason.
    public Map<String, Object> properties() {
        return properties;
    }
}
