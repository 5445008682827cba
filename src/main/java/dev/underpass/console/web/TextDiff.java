package dev.underpass.console.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Two texts, line by line, as `diff` shows them.
final class TextDiff {

    /// Beyond so many pairs of lines the middle counts as replaced: finding its common lines costs too much.
    private static final long MOST_PAIRS = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    /// A line.
    ///
    /// @param sign ` `, `-` or `+`
    record Line(char sign, String text) {

        @Override
        public String toString() {
            return sign + " " + text;
        }
    }

    private TextDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /// Two states of an object as YAML; one that is not there has no lines.
    static List<Line> ofObjects(@Nullable JsonNode before, @Nullable JsonNode after) {
        return of(yaml(before), yaml(after));
    }

    private static List<String> yaml(@Nullable JsonNode object) {
        return object == null ? List.of() : ObjectText.yaml(object).lines().toList();
    }

    static List<Line> of(List<String> before, List<String> after) {
        var diff = new TextDiff(before, after);
        diff.compare();
        return diff.lines;
    }

    private void compare() {
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        all(' ', before.subList(0, head));
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail));
        all(' ', before.subList(before.size() - tail, before.size()));
    }

    private void all(char sign, List<String> texts) {
        texts.forEach(text -> lines.add(new Line(sign, text)));
    }

    /// By the longest common subsequence.
    private void middle(List<String> old, List<String> now) {
        if ((long) old.size() * now.size() > MOST_PAIRS) {
            all('-', old);
            all('+', now);
            return;
        }
        var common = common(old, now);
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                lines.add(new Line(' ', old.get(i++)));
                j++;
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', old.get(i++)));
            } else {
                lines.add(new Line('+', now.get(j++)));
            }
        }
    }

    /// The length of the longest common subsequence of what follows each pair of lines.
    private static int[][] common(List<String> old, List<String> now) {
        var common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
