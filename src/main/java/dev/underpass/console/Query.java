package dev.underpass.console;

import dev.underpass.console.QueryException.Why;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The language of the query bars: `ns:prod cni:macvlan verdict:unreachable -node:n12 10.6.212`.
///
/// Words without a key match names and addresses; a minus turns a word round; all words must hold.
///
/// @param tokens the words in their order
/// @param <T> what is listed
public record Query<T>(List<Token<T>> tokens) {

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:./]+");

    /// One word.
    ///
    /// @param text as it was written
    /// @param asks what must hold
    public record Token<T>(String text, Predicate<T> asks) {}

    public Query {
        tokens = List.copyOf(tokens);
    }

    /// Reads a query; a word that is there already adds nothing.
    ///
    /// @throws QueryException naming the word that cannot be understood
    public static <T> Query<T> parse(Vocabulary<T> vocabulary, String text) {
        var tokens = new LinkedHashMap<String, Token<T>>();
        WORD.matcher(text)
                .results()
                .forEach(word ->
                        tokens.computeIfAbsent(word.group(), _ -> token(vocabulary, word.group(), word.start())));
        return new Query<>(List.copyOf(tokens.values()));
    }

    /// What is wrong with the words of a text, each by itself.
    static <T> List<QueryException> problems(Vocabulary<T> vocabulary, String text) {
        return WORD.matcher(text)
                .results()
                .flatMap(word -> problem(vocabulary, word).stream())
                .toList();
    }

    private static <T> Optional<QueryException> problem(Vocabulary<T> vocabulary, MatchResult word) {
        try {
            token(vocabulary, word.group(), word.start());
            return Optional.empty();
        } catch (QueryException e) {
            return Optional.of(e);
        }
    }

    private static <T> Token<T> token(Vocabulary<T> vocabulary, String word, int start) {
        boolean negated = word.startsWith("-") && word.length() > 1;
        var rest = negated ? word.substring(1) : word;
        int colon = rest.indexOf(':');
        @Nullable Meaning<T> meaning = colon > 0 ? vocabulary.keys().get(rest.substring(0, colon)) : null;
        if (meaning == null && colon > 0 && !ADDRESS.matcher(rest).matches()) {
            throw new QueryException(Why.KEY, word, start, vocabulary.known());
        }
        var asks = meaning == null
                ? read(vocabulary.free(), rest, word, start)
                : read(meaning, rest.substring(colon + 1), word, start);
        return new Token<>(word, negated ? asks.negate() : asks);
    }

    private static <T> Predicate<T> read(Meaning<T> meaning, String value, String word, int start) {
        if (value.isEmpty()) {
            throw new QueryException(Why.EMPTY, word, start, meaning.text());
        }
        return meaning.read()
                .apply(value)
                .orElseThrow(() -> new QueryException(Why.VALUE, word, start, meaning.text()));
    }

    /// The query as text without one of its words.
    public String without(Token<T> token) {
        return String.join(
                " ",
                tokens.stream()
                        .filter(each -> !each.equals(token))
                        .map(Token::text)
                        .toList());
    }

    /// Those of the list that every word holds for.
    public List<T> among(List<T> all) {
        return all.stream()
                .filter(each -> tokens.stream().allMatch(token -> token.asks().test(each)))
                .toList();
    }
}
