package dev.underpass.agent;

import dev.underpass.report.FilterReport;
import dev.underpass.report.IpSet;
import dev.underpass.report.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads the packet filter rules of network namespaces with the tools that write them.
final class FilterReader {

    /// What was read, and what could not be.
    record Filters(FilterReport report, List<String> errors) {}

    /// The rule sets that a namespace has at all, so that nothing is started for those that it has not.
    ///
    /// @param nftables whether it has nftables, iptables-nft's included
    /// @param legacy the tables of the legacy iptables, `legacy6` of ip6tables
    record Present(boolean nftables, boolean legacy, boolean legacy6) {}

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final Predicate<String> installed;
    private final String save;
    private final String save6;

    FilterReader() {
        this(Command::exists);
    }

    /// @param installed whether there is a tool of that name
    FilterReader(Predicate<String> installed) {
        this.installed = installed;
        this.save = installed.test("iptables-nft-save") ? "iptables-nft-save" : "iptables-save";
        this.save6 = installed.test("ip6tables-nft-save") ? "ip6tables-nft-save" : "ip6tables-save";
    }

    /// Reads one namespace.
    Filters read(Path namespace, Present present) {
        var reading = new Reading(namespace);
        var legacy = present.legacy() ? reading.text("iptables-legacy-save") : null;
        var legacy6 = present.legacy6() ? reading.text("ip6tables-legacy-save") : null;
        // Legacy rules that are there and cannot be read make the family's rules unknown.
        boolean known = legacy != null || !present.legacy();
        boolean known6 = legacy6 != null || !present.legacy6();
        var report = new FilterReport(
                known ? (present.nftables() ? reading.text(save) : "") : null,
                known6 ? (present.nftables() ? reading.text(save6) : "") : null,
                legacy,
                legacy6,
                present.nftables() ? reading.nftables() : JsonText.NO_RULES,
                present.nftables() || present.legacy() ? reading.ipsets() : List.of());
        return new Filters(report, reading.errors);
    }

    /// One namespace while it is read.
    private final class Reading {

        private final Path namespace;
        private final List<String> errors = new ArrayList<>();

        Reading(Path namespace) {
            this.namespace = namespace;
        }

        @Nullable
        String text(String... command) {
            if (!installed.test(command[0])) {
                errors.add(command[0] + ": not installed");
                return null;
            }
            try {
                return Command.output(namespace, command);
            } catch (IOException e) {
                errors.add(String.valueOf(e.getMessage()));
                return null;
            }
        }

        @Nullable
        JsonText nftables() {
            var text = text("nft", "-j", "list", "ruleset");
            if (text == null) {
                return null;
            }
            try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
                while (parser.nextToken() != null) {
                    // Reads to the end, to see that it is whole.
                }
                return new JsonText(text.strip());
            } catch (JacksonException e) {
                errors.add("nft: not JSON: " + e.getOriginalMessage());
                return null;
            }
        }

        @Nullable
        List<IpSet> ipsets() {
            if (!installed.test("ipset")) {
                return null;
            }
            var text = text("ipset", "save");
            return text == null ? null : sets(text);
        }
    }

    /// Reads `create NAME TYPE …` and `add NAME MEMBER`.
    static List<IpSet> sets(String save) {
        var types = new LinkedHashMap<String, String>();
        var members = new LinkedHashMap<String, List<String>>();
        for (var line : save.split("\n", -1)) {
            var words = line.split(" ", 3);
            if (words.length < 3) {
                continue;
            }
            if (words[0].equals("create")) {
                types.put(words[1], words[2].split(" ", 2)[0]);
                members.put(words[1], new ArrayList<>());
            } else if (words[0].equals("add") && members.containsKey(words[1])) {
                members.get(words[1]).add(words[2]);
            }
        }
        var sets = new ArrayList<IpSet>();
        types.forEach((name, type) -> sets.add(new IpSet(name, type, members.getOrDefault(name, List.of()))));
        return sets;
    }
}
