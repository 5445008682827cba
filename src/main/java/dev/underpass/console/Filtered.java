package dev.underpass.console;

import java.util.List;

/// A list as its query bar leaves it. A query that cannot be understood leaves all, and says what is wrong with it.
///
/// @param q the query as it was typed
/// @param query what was understood
/// @param problems what was not, each word by itself
/// @param known the keys
/// @param found what every word holds for
/// @param all how many there are
/// @param <T> what is listed
public record Filtered<T>(String q, Query<T> query, List<Problem> problems, String known, List<T> found, int all) {

    public Filtered {
        problems = List.copyOf(problems);
    }

    /// A word that cannot be understood, in its place.
    ///
    /// @param known what could stand there
    public record Problem(String before, String word, String after, String why, String known) {

        static Problem of(String q, QueryException e) {
            return new Problem(
                    Visible.of(q.substring(0, e.start())),
                    Visible.of(e.word()),
                    Visible.of(q.substring(e.start() + e.word().length())),
                    e.why().name(),
                    e.known());
        }
    }

    /// The part of a list that a query asks for.
    public static <T> Filtered<T> of(Vocabulary<T> vocabulary, String q, List<T> all) {
        try {
            var query = Query.parse(vocabulary, q);
            return new Filtered<>(q, query, List.of(), vocabulary.known(), query.among(all), all.size());
        } catch (QueryException _) {
            var problems = Query.problems(vocabulary, q).stream()
                    .map(each -> Problem.of(q, each))
                    .toList();
            return new Filtered<>(q, new Query<>(List.of()), problems, vocabulary.known(), all, all.size());
        }
    }

    /// Whether there is a word that cannot be understood.
    public boolean isUnclear() {
        return !problems.isEmpty();
    }

    /// Whether there is something, and all of it is hidden.
    public boolean hidesAll() {
        return all > 0 && found.isEmpty();
    }
}
