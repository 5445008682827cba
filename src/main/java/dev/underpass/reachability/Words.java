package dev.underpass.reachability;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that a value of the model holds, as words: no component of any record is left out but what the kernel
/// decides nothing by. An address, a device's name or its index is a word of its own, which can be told to be
/// somebody's.
final class Words {

    /// After the address of a prefix that holds it alone.
    static final String HOST = "/host";

    private final List<String> words = new ArrayList<>();

    private Words() {}

    static List<String> of(@Nullable Object value) {
        var words = new Words();
        words.add(value);
        return words.words;
    }

    static String index(int index) {
        return "index " + index;
    }

    static String namespace(int number) {
        return "namespace " + number;
    }

    private void add(@Nullable Object value) {
        switch (value) {
            case null -> words.add("-");
            case IpAddress address -> words.add(address.toString());
            case MacAddress address -> words.add(address.toString());
            case IpPrefix prefix -> add(prefix);
            case Link link -> add(link);
            case Neighbour entry -> add(entry);
            case Record fields -> addComponents(fields);
            case Set<?> any ->
                any.stream().map(each -> String.join(" ", of(each))).sorted().forEach(words::add);
            case Collection<?> items -> items.forEach(this::add);
            case Map<?, ?> entries ->
                entries.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + String.join(" ", of(entry.getValue())))
                        .sorted()
                        .forEach(words::add);
            default -> words.add(value.toString());
        }
    }

    private void add(IpPrefix prefix) {
        if (prefix.length() == prefix.network().family().bits()) {
            words.add(prefix.network().toString());
            words.add(HOST);
        } else {
            words.add(prefix.toString());
        }
    }

    private void add(Link link) {
        words.add(index(link.index()));
        words.add(link.peerIndex() == null ? "-" : index(link.peerIndex()));
        words.add(link.peerNamespace() == null ? "-" : namespace(link.peerNamespace()));
        List.of(link.name(), link.kind(), link.flags(), link.operState(), link.mtuBytes(), link.mode(), link.group())
                .forEach(this::add);
        add(link.address());
        add(link.peerName());
        add(link.vlan());
        add(link.master());
    }

    /// How long ago an entry was confirmed, and which of the states it is in that count alike, changes all the time.
    private void add(Neighbour entry) {
        add(entry.address());
        add(entry.device());
        add(entry.lladdr());
        words.add(entry.permanent() ? "permanent" : entry.valid() ? "valid" : entry.state());
    }

    private void addComponents(Record value) {
        words.add(value.getClass().getSimpleName());
        for (var accessor : ACCESSORS.get(value.getClass())) {
            try {
                add(accessor.invoke(value));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }

    private static final ClassValue<List<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(component -> {
                        component.getAccessor().setAccessible(true);
                        return component.getAccessor();
                    })
                    .toList();
        }
    };
}
