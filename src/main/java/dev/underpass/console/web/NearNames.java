package dev.underpass.console.web;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Names that somebody may have meant who typed another.
final class NearNames {

    /// So many changes of a letter make another word, not a slip.
    private static final int SLIPS = 2;

    private static final int MOST = 5;
    private static final int LONGEST = 253;

    private NearNames() {}

    /// A name and how far it is from what was typed.
    private record Near(String name, int slips) {}

    /// The nearest of the names, `namespace/name` each; what was typed may lack the namespace.
    static List<String> of(String typed, Stream<String> names) {
        var text = typed.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > LONGEST) {
            return List.of();
        }
        boolean bare = !text.contains("/");
        return names.map(name -> new Near(name, slips(text, bare ? name.substring(name.indexOf('/') + 1) : name)))
                .filter(near -> near.slips() <= Math.min(SLIPS, text.length() / 2))
                .sorted(Comparator.comparingInt(Near::slips).thenComparing(Near::name))
                .limit(MOST)
                .map(Near::name)
                .toList();
    }

    /// A part of the name is no slip; else the letters that are added, left out or changed (Levenshtein).
    private static int slips(String text, String name) {
        if (name.contains(text) && text.length() > 1) {
            return 0;
        }
        if (Math.abs(text.length() - name.length()) > SLIPS) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[name.length() + 1];
        for (int j = 0; j <= name.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= text.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= name.length(); j++) {
                int changed = diagonal + (text.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[name.length()];
    }
}
