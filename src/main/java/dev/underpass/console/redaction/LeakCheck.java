package dev.underpass.console.redaction;

import dev.underpass.console.redaction.Redaction.Leak;
import dev.underpass.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks for names and addresses of the original, as whole words.
final class LeakCheck {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]+");

    /// Runs of what names are made of; whole, and in their parts between dots.
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?");

    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5,}");

    private final Set<String> replaced;
    private final Set<String> macs;

    LeakCheck(Pseudonyms pseudonyms) {
        this.replaced = pseudonyms
                .replaced()
                .filter(name -> !name.chars().allMatch(Character::isDigit))
                .collect(Collectors.toCollection(HashSet::new));
        replaced.removeAll(DocumentWords.ALL);
        this.macs = pseudonyms.replacedMacs().collect(Collectors.toSet());
    }

    Optional<Leak> in(Map<String, byte[]> files) {
        for (var file : files.entrySet()) {
            var text = file.getKey() + "\n" + new String(file.getValue(), StandardCharsets.UTF_8);
            var leak = leak(text);
            if (leak.isPresent()) {
                return Optional.of(new Leak(file.getKey(), leak.get()));
            }
        }
        return Optional.empty();
    }

    /// Addresses first: their parts are no words.
    private Optional<String> leak(String text) {
        var found = new HashSet<String>();
        var rest = ADDRESS.matcher(text).replaceAll(match -> {
            var address = address(match.group());
            address.ifPresent(found::add);
            return address.isPresent() ? " " : match.group();
        });
        var words = WORD.matcher(rest)
                .results()
                .map(MatchResult::group)
                .flatMap(word -> Stream.concat(Stream.of(word), Stream.of(word.split("[._]", -1))));
        return Stream.concat(found.stream(), words).filter(this::isReplaced).findFirst();
    }

    private boolean isReplaced(String word) {
        return replaced.contains(word) || macs.contains(word);
    }

    /// The usual text of an IP address, perhaps followed by a port, or of a MAC address.
    private static Optional<String> address(String text) {
        if (MAC.matcher(text).matches()) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        int colon = text.indexOf(':');
        boolean withPort = colon > 0 && colon == text.lastIndexOf(':') && text.indexOf('.') >= 0;
        try {
            return Optional.of(
                    IpAddress.parse(withPort ? text.substring(0, colon) : text).toString());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
