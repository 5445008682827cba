package dev.underpass.netfilter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Rule sets that real kube-proxies and coordinators left: `NAME.json` holds those of a node and of
/// the first Pod on it that has rules.
record Recorded(String name, Map<String, ?> sections) {

    private static final JsonMapper JSON = new JsonMapper();

    static Ruleset host(String name) {
        return of(name, "host").ruleset();
    }

    static Ruleset pod(String name) {
        return of(name, "pod").ruleset();
    }

    /// The sections `iptables`, `ip6tables` and `nftables` of one namespace.
    static Recorded of(String name, String namespace) {
        try (InputStream file = Recorded.class.getResourceAsStream("/netfilter/" + name + ".json")) {
            return new Recorded(
                    name,
                    map(JSON.readValue(Objects.requireNonNull(file, name), Map.class)
                            .get(namespace)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ruleset ruleset() {
        return Ruleset.parse(iptables(), text("ip6tables"), null, null, nftables());
    }

    @Nullable
    String iptables() {
        return text("iptables");
    }

    @Nullable
    String text(String section) {
        return (String) sections.get(section);
    }

    Map<String, ?> nftables() {
        return map(sections.get("nftables"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(@Nullable Object tree) {
        return (Map<String, ?>) Objects.requireNonNull(tree);
    }
}
