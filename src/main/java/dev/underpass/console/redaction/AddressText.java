package dev.underpass.console.redaction;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Addresses in text: alone, with a length or a mask, as ranges, with ports, in lists.
final class AddressText {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F.:/\\[\\]-]*[.:][0-9a-fA-F.:/\\[\\]-]*");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
    private static final Pattern WITH_PORT =
            Pattern.compile("(?:\\[(?<six>[^\\]]+)\\]|(?<four>[0-9.-]+))(?<port>:[0-9-]+)?");

    private final Pseudonyms pseudonyms;

    AddressText(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /// The text with other addresses; empty if it is none.
    Optional<String> of(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        if (MAC.matcher(text).matches()) {
            return Optional.of(pseudonyms.mac(text));
        }
        return plain(text).or(() -> withPort(text));
    }

    /// The list with other addresses; empty if there is none in it.
    Optional<String> list(String text, String separator) {
        var parts = text.split(Pattern.quote(separator), -1);
        boolean any = Arrays.stream(parts).anyMatch(part -> of(part.strip()).isPresent());
        return any
                ? Optional.of(Arrays.stream(parts)
                        .map(part -> of(part.strip()).orElse(part))
                        .collect(Collectors.joining(separator)))
                : Optional.empty();
    }

    private Optional<String> plain(String text) {
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        try {
            if (dash > 0) {
                var range = new AddressRange(
                        IpAddress.parse(text.substring(0, dash)), IpAddress.parse(text.substring(dash + 1)));
                var image = pseudonyms.range(range);
                return Optional.of(image.first() + "-" + image.last());
            }
            return Optional.of(
                    slash < 0
                            ? pseudonyms.address(IpAddress.parse(text)).toString()
                            : masked(IpAddress.parse(text.substring(0, slash)), text.substring(slash + 1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private String masked(IpAddress address, String mask) {
        int length = length(mask, address);
        if (length < 0) {
            return pseudonyms.address(address) + "/" + mask;
        }
        boolean isHost = length == address.family().bits();
        boolean canonical = address.masked(length).equals(address);
        return canonical && !isHost
                ? pseudonyms.prefix(new IpPrefix(address, length)).network() + "/" + mask
                : pseudonyms.address(address) + "/" + mask;
    }

    /// The length of a mask in either form; -1 for one with holes.
    private static int length(String mask, IpAddress address) {
        if (mask.indexOf('.') < 0 && mask.indexOf(':') < 0) {
            int length = Integer.parseInt(mask);
            if (length < 0 || length > address.family().bits()) {
                throw new IllegalArgumentException("length out of range");
            }
            return length;
        }
        var bits = IpAddress.parse(mask);
        int ones = Long.bitCount(bits.high()) + Long.bitCount(bits.low());
        var whole = new IpAddress(
                bits.family(),
                bits.family() == IpAddress.Family.IPV4 ? -1L << 32 : -1,
                bits.family() == IpAddress.Family.IPV4 ? 0 : -1);
        return whole.masked(ones).equals(bits) ? ones : -1;
    }

    private Optional<String> withPort(String text) {
        var match = WITH_PORT.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var port = match.group("port") == null ? "" : match.group("port");
        var six = match.group("six");
        return six == null
                ? plain(match.group("four")).map(image -> image + port)
                : plain(six).map(image -> "[" + image + "]" + port);
    }
}
