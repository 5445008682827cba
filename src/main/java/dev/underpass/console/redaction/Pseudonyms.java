package dev.underpass.console.redaction;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What each name and address is called in the redacted bundle.
///
/// It is asked for all of them twice: first it only learns what there is, and gives out what it was given.
final class Pseudonyms {

    private final Map<NameKind, TreeSet<String>> seen = new EnumMap<>(NameKind.class);
    private final Map<NameKind, Map<String, String>> names = new EnumMap<>(NameKind.class);
    private final SeenAddresses addresses = new SeenAddresses();
    private final Set<String> words = new HashSet<>();
    private @Nullable Macs macs;
    private @Nullable Addresses images;

    /// From now on it gives out what things are called instead.
    void assign(byte[] key) {
        var taken = new HashSet<String>();
        seen.values().forEach(taken::addAll);
        seen.forEach((kind, all) -> names.put(kind, assigned(kind, all, taken)));
        images = addresses.images(key);
        macs = new Macs(key);
    }

    private static Map<String, String> assigned(NameKind kind, Set<String> all, Set<String> taken) {
        int digits = Math.max(3, Integer.toString(all.size()).length());
        for (var stem = kind.stem(); ; stem += "x") {
            var result = new TreeMap<String, String>();
            for (var name : all) {
                result.put(name, ("%s%s-%0" + digits + "d").formatted(kind.lead(name), stem, result.size() + 1));
            }
            if (result.values().stream().noneMatch(taken::contains)) {
                return result;
            }
        }
    }

    String name(NameKind kind, String name) {
        if (kind.keeps(name)) {
            return name;
        }
        if (images == null) {
            seen.computeIfAbsent(kind, _ -> new TreeSet<>()).add(name);
            return name;
        }
        var assigned = names.getOrDefault(kind, Map.of()).get(name);
        if (assigned == null) {
            throw new IllegalStateException("a name of kind " + kind + " that was not there before: " + name);
        }
        return assigned;
    }

    /// Whether the name was seen as one of the kind.
    boolean knows(NameKind kind, String name) {
        return kind.keeps(name) || seen.getOrDefault(kind, new TreeSet<>()).contains(name);
    }

    IpAddress address(IpAddress address) {
        addresses.add(address);
        return images == null ? address : images.of(address);
    }

    IpPrefix prefix(IpPrefix prefix) {
        addresses.add(prefix);
        return images == null ? prefix : images.of(prefix);
    }

    AddressRange range(AddressRange range) {
        addresses.add(range);
        return images == null ? range : new AddressRange(images.of(range.first()), images.of(range.last()));
    }

    String mac(String address) {
        addresses.addMac(address);
        return macs == null ? address : macs.of(address);
    }

    /// Says that the word is one of the language of documents, whatever else may be called by it.
    String word(String word) {
        words.add(word);
        return word;
    }

    /// What must not be found any more: all that has another name now.
    Stream<String> replaced() {
        var all = new HashMap<String, String>();
        names.forEach((kind, assigned) -> all.putAll(assigned));
        all.keySet().removeAll(words);
        return Stream.concat(all.keySet().stream(), addresses.replaced(Objects.requireNonNull(images)));
    }

    /// The MAC addresses that have another one now.
    Stream<String> replacedMacs() {
        var now = Objects.requireNonNull(macs);
        return addresses.macs().filter(mac -> !now.of(mac).equals(mac));
    }
}
