package dev.underpass.console;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The language of the query bar: `ns:prod cni:macvlan verdict:unreachable -node:n12 10.6.212`.
///
/// Words without a key match names and addresses; a minus turns a word round; all words must hold.
///
/// @param tokens the words in their order
public record PodQuery(List<Token> tokens) {

    private static final Set<String> KEYS =
            Set.of("ns", "node", "attachment", "cni", "verdict", "disposition", "ip", "code", "label", "mode");

    /// One word.
    ///
    /// @param key empty for a word without one
    /// @param text as it was written
    public record Token(String key, String value, boolean negated, String text) {}

    public PodQuery {
        tokens = List.copyOf(tokens);
    }

    /// Reads a query.
    ///
    /// @throws InvalidInputException naming the word that cannot be understood
    public static PodQuery parse(String text) {
        var tokens = new ArrayList<Token>();
        for (var word : text.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                tokens.add(token(word));
            }
        }
        return new PodQuery(tokens);
    }

    private static Token token(String word) {
        boolean negated = word.startsWith("-") && word.length() > 1;
        var rest = negated ? word.substring(1) : word;
        int colon = rest.indexOf(':');
        var key = colon > 0 ? rest.substring(0, colon) : "";
        if (!key.isEmpty() && KEYS.contains(key)) {
            return checked(new Token(key, rest.substring(colon + 1), negated, word));
        }
        boolean address = colon >= 0 && rest.matches("[0-9a-fA-F:.]+");
        if (colon > 0 && !address) {
            throw new InvalidInputException(
                    "q",
                    "'%s': unknown key '%s'; known are %s"
                            .formatted(
                                    word,
                                    key,
                                    String.join(", ", KEYS.stream().sorted().toList())));
        }
        return new Token("", rest, negated, word);
    }

    private static Token checked(Token token) {
        if (token.value().isEmpty()) {
            throw new InvalidInputException("q", "'%s': no value after the colon".formatted(token.text()));
        }
        if (token.key().equals("verdict")) {
            check(token, names(Fold.values()));
        }
        if (token.key().equals("disposition")) {
            check(token, names(Disposition.values()));
        }
        return token;
    }

    private static void check(Token token, List<String> known) {
        if (!known.contains(token.value().toLowerCase(Locale.ROOT))) {
            throw new InvalidInputException(
                    "q", "'%s': not one of %s".formatted(token.text(), String.join(", ", known)));
        }
    }

    private static List<String> names(Enum<?>[] values) {
        return List.of(values).stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /// This query with one more word; an empty value adds none.
    public PodQuery with(String key, String value) {
        if (value.isBlank()) {
            return this;
        }
        var more = new ArrayList<>(tokens);
        more.add(checked(new Token(key, value.strip(), false, key + ":" + value.strip())));
        return new PodQuery(more);
    }

    /// The query as text without one of its words.
    public String without(Token token) {
        return String.join(
                " ",
                tokens.stream()
                        .filter(each -> !each.equals(token))
                        .map(Token::text)
                        .toList());
    }

    /// The Pods that every word holds for.
    public List<PodSummary> among(ClusterView cluster) {
        return cluster.pods().stream()
                .filter(pod -> tokens.stream().allMatch(token -> holds(cluster, token, pod) != token.negated()))
                .toList();
    }

    private static boolean holds(ClusterView cluster, Token token, PodSummary pod) {
        var value = token.value().toLowerCase(Locale.ROOT);
        return switch (token.key()) {
            case "ns" -> pod.name().namespace().equals(token.value());
            case "node" ->
                token.value().equals(String.valueOf(pod.analysis().pod().node()));
            case "attachment", "cni" -> pod.analysis().network().attachment().contains(value);
            case "mode" ->
                pod.analysis()
                        .network()
                        .mode()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-')
                        .equals(value);
            case "verdict" -> pod.worst().name().toLowerCase(Locale.ROOT).equals(value);
            case "disposition" ->
                cluster.pairs(pod.name()).stream()
                        .anyMatch(pair -> pair.outcome()
                                .disposition()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .equals(value));
            case "code" -> pod.codes().stream().anyMatch(value::equalsIgnoreCase);
            case "ip" -> hasAddress(pod, value);
            case "label" -> hasLabel(pod, token.value());
            default -> pod.name().toString().toLowerCase(Locale.ROOT).contains(value) || hasAddress(pod, value);
        };
    }

    private static boolean hasAddress(PodSummary pod, String value) {
        return pod.analysis().network().nics().stream()
                .flatMap(nic -> nic.addresses().stream())
                .anyMatch(address -> address.toString().startsWith(value));
    }

    private static boolean hasLabel(PodSummary pod, String value) {
        var parts = value.split("=", 2);
        var actual = pod.analysis().pod().labels().get(parts[0]);
        return actual != null && (parts.length == 1 || actual.equals(parts[1]));
    }
}
