package dev.underpass.netfilter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A rule of iptables-save cut into options, each with the module it belongs to.
///
/// @param groups the options in order; the first group holds those without a module
/// @param target the chain or target of `-j` or `-g`; empty if the rule only counts
/// @param isGoto whether it was `-g`
/// @param targetOptions the options after it
record RuleWords(List<Group> groups, String target, boolean isGoto, List<Option> targetOptions) {

    /// The options of one match.
    ///
    /// @param module `tcp`, `conntrack`; empty for `-s`, `-d`, `-i`, `-o`, `-p`
    record Group(String module, List<Option> options) {}

    /// One option with what follows it.
    ///
    /// @param name with its dashes
    record Option(String name, boolean inverted, List<String> arguments) {

        /// The first argument.
        ///
        /// @throws IllegalArgumentException if there is none
        String argument() {
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException(name + " has no argument");
            }
            return arguments.getFirst();
        }
    }

    private record Word(String text, boolean quoted) {
        boolean isOption() {
            return !quoted && text.startsWith("-") && text.length() > 1;
        }

        boolean isInversion() {
            return !quoted && text.equals("!");
        }
    }

    /// Options with exactly one argument that may look like an option itself.
    private static final Set<String> FREE_TEXT = Set.of(
            "--comment", "--log-prefix", "--nflog-prefix", "--ulog-prefix", "--string", "--hex-string", "--name");

    /// Reads what follows the chain's name.
    ///
    /// @throws IllegalArgumentException if a quote is not closed or an option that must has no
    ///   argument
    static RuleWords parse(String text) {
        return new Reader(words(text)).read();
    }

    private static List<Word> words(String text) {
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < text.length()) {
            char start = text.charAt(at);
            if (Character.isWhitespace(start)) {
                at++;
            } else if (start == '"') {
                at = quoted(text, at + 1, words);
            } else {
                int end = at;
                while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                    end++;
                }
                words.add(new Word(text.substring(at, end), false));
                at = end;
            }
        }
        return words;
    }

    private static int quoted(String text, int from, List<Word> words) {
        var word = new StringBuilder();
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                words.add(new Word(word.toString(), true));
                return at + 1;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            word.append(text.charAt(at));
        }
        throw new IllegalArgumentException("a quote is not closed");
    }

    /// Groups words by option and options by module.
    private static final class Reader {

        private final List<Word> words;
        private final List<Group> groups = new ArrayList<>();
        private final List<Option> base = new ArrayList<>();
        private final List<Option> targetOptions = new ArrayList<>();
        private List<Option> current = base;
        private String target = "";
        private boolean isGoto;
        private int at;

        Reader(List<Word> words) {
            this.words = words;
            groups.add(new Group("", base));
        }

        RuleWords read() {
            while (at < words.size()) {
                boolean inverted = words.get(at).isInversion();
                at += inverted ? 1 : 0;
                if (at == words.size() || !words.get(at).isOption()) {
                    throw new IllegalArgumentException("an option is expected at word " + (at + 1));
                }
                var name = words.get(at++).text();
                file(new Option(name, inverted, arguments(name)));
            }
            return new RuleWords(groups, target, isGoto, targetOptions);
        }

        private List<String> arguments(String option) {
            var arguments = new ArrayList<String>();
            if (FREE_TEXT.contains(option) && at < words.size()) {
                arguments.add(words.get(at++).text());
            }
            while (at < words.size()
                    && !words.get(at).isOption()
                    && !words.get(at).isInversion()) {
                arguments.add(words.get(at++).text());
            }
            return arguments;
        }

        private void file(Option option) {
            switch (option.name()) {
                case "-m", "--match" -> {
                    current = new ArrayList<>();
                    groups.add(new Group(option.argument(), current));
                }
                case "-j", "--jump", "-g", "--goto" -> {
                    target = option.argument();
                    isGoto = option.name().equals("-g") || option.name().equals("--goto");
                    current = targetOptions;
                }
                case "-s", "-d", "-i", "-o", "-p", "-f" -> base.add(option);
                default -> current.add(option);
            }
        }
    }
}
