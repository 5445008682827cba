package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.OtherMacs;
import dev.underpass.console.edit.PoolAddresses;
import dev.underpass.console.edit.PoolAddresses.State;
import dev.underpass.console.edit.PoolAddresses.StateRange;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.edit.AddressRange;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.words.Sentence;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One pool: its numbers, the map of its addresses, and who has them.
///
/// @param asked the address that was asked for, as it was typed
/// @param error what is wrong with that, empty when nothing is
/// @param chosen the address of the side panel; absent when none is asked for
/// @param pods the Pods that have addresses of it, at most as many as a page shows
record PoolPage(
        PoolRow row,
        List<PoolWho> who,
        List<String> overlaps,
        PoolMap map,
        Paging<RangeRow> ranges,
        String asked,
        String error,
        @Nullable Chosen chosen,
        @Nullable String block,
        List<Holder> pods,
        int holders,
        List<Finding> findings) {

    static final String LEAKED = "leaked";
    private static final int MOST_EVIDENCE = 5;

    /// What the URL asks for.
    record Question(String address, String block, int page) {}

    /// A run of addresses in the table.
    ///
    /// @param state a key of the page's words
    /// @param pods some of those who have them
    record RangeRow(AddressRange range, String state, List<String> pods) {

        private static final int SHOWN = 6;

        private RangeRow with(PoolSource source) {
            if (!Set.of("allocated", LEAKED, "conflict").contains(state)) {
                return this;
            }
            var names = AddressRanges.of(List.of(range))
                    .from(range.first())
                    .limit(SHOWN)
                    .flatMap(address -> PoolSource.names(source.addresses().view(address)).stream())
                    .toList();
            return new RangeRow(range, state, names);
        }

        /// How many further addresses of the run have Pods that are not named.
        public BigInteger more() {
            return range.size().subtract(BigInteger.valueOf(SHOWN)).max(BigInteger.ZERO);
        }
    }

    /// The address of the side panel.
    ///
    /// @param evidence what findings say of it
    /// @param others who answers for it besides, or did
    /// @param disputed whether that is while its Pod has it
    record Chosen(
            PoolMap.Cell cell,
            List<Holder> holders,
            List<Evidence> evidence,
            List<OtherMacs.Heard> others,
            boolean disputed) {}

    /// A line of a finding's evidence.
    record Evidence(String code, Sentence line) {}

    /// Who has an address.
    ///
    /// @param pod absent when no such Pod is known
    /// @param known whether the Pods could be read, so that one that is absent is gone
    record Holder(
            String address,
            String name,
            String device,
            @Nullable Pod pod,
            boolean known) {}

    static PoolPage of(ClusterView cluster, IpPool pool, List<PoolWho> who, KeptPools.Parts parts, Question question) {
        var snapshot = cluster.analysis().snapshot();
        var source = PoolSource.of(cluster, pool, parts);
        var addresses = parts.addresses();
        var ranges = parts.ranges();
        var family = pool.subnet().network().family();
        var address = parsed(question.address(), family);
        var block = block(question, address, family);
        return new PoolPage(
                PoolRow.of(cluster, pool),
                who,
                PoolRow.overlaps(snapshot, pool),
                PoolMap.of(addresses.all(), ranges, source.disputed(), block.orElse(null), source::cell),
                rows(source, ranges, question.page()),
                question.address(),
                error(question, address, family),
                address.map(each -> chosen(source, each, cluster.findings())).orElse(null),
                block.map(IpPrefix::toString).orElse(null),
                addresses.held(Paging.SIZE).stream()
                        .flatMap(view -> source.holders(view).stream())
                        .limit(Paging.SIZE)
                        .toList(),
                addresses.holders(),
                findings(cluster, pool, addresses));
    }

    private static Chosen chosen(PoolSource source, IpAddress address, List<Finding> findings) {
        var view = source.addresses().view(address);
        var whole = Pattern.compile("(?<![\\w.:])" + Pattern.quote(address.toString()) + "(?![\\w/]|[.:]\\w)");
        var evidence = findings.stream()
                .flatMap(finding -> finding.evidence().stream()
                        .filter(line -> whole.matcher(line.toString()).find())
                        .map(line -> new Evidence(finding.code(), line)))
                .distinct()
                .limit(MOST_EVIDENCE)
                .toList();
        var others = source.cluster().otherMacs(address);
        return new Chosen(
                source.cell(address),
                source.holders(view),
                evidence,
                others,
                source.disputed().contains(address));
    }

    private static Optional<IpAddress> parsed(String text, Family family) {
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(IpAddress.parse(text.strip())).filter(each -> each.family() == family);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The block that was gone down to, else that of the address, unless the map shows all of them anyhow.
    private static Optional<IpPrefix> block(Question question, Optional<IpAddress> address, Family family) {
        var asked = parsed(question.block().split("/", 2)[0], family);
        return asked.or(() -> address).map(PoolMap::block).filter(_ -> asked.isPresent() || address.isPresent());
    }

    private static String error(Question question, Optional<IpAddress> address, Family family) {
        if (!question.address().isBlank() && address.isEmpty()) {
            return "%s is no %s address".formatted(question.address(), family == Family.IPV4 ? "IPv4" : "IPv6");
        }
        var block = question.block();
        boolean unread =
                !block.isBlank() && parsed(block.split("/", 2)[0], family).isEmpty();
        return unread ? "%s is no block of this pool's family".formatted(block) : "";
    }

    private static Paging<RangeRow> rows(PoolSource source, List<StateRange> ranges, int number) {
        var page = Paging.of(
                ranges.stream().flatMap(each -> split(source, each).stream()).toList(), number);
        var rows = page.items().stream().map(row -> row.with(source)).toList();
        return new Paging<>(rows, page.number(), page.pages(), page.total());
    }

    /// A run of addresses, cut where those begin and end whose Pods are gone, or that another answers for.
    private static List<RangeRow> split(PoolSource source, StateRange run) {
        if (!PoolMap.counts(run.state())) {
            return List.of(new RangeRow(run.range(), run.state().toString(), List.of()));
        }
        var whole = AddressRanges.of(List.of(run.range()));
        var disputed = whole.intersection(source.disputed());
        var leaked = run.state() == State.ALLOCATED
                ? whole.intersection(source.leaked()).minus(disputed)
                : AddressRanges.of(List.of());
        return Stream.of(
                        rows(whole.minus(leaked).minus(disputed), run.state().toString()),
                        rows(leaked, LEAKED),
                        rows(disputed, State.CONFLICT.toString()))
                .flatMap(each -> each)
                .sorted(Comparator.comparing(row -> row.range().first(), AddressRange.ORDER))
                .toList();
    }

    private static Stream<RangeRow> rows(AddressRanges ranges, String state) {
        return ranges.ranges().stream().map(range -> new RangeRow(range, state, List.of()));
    }

    private static List<Finding> findings(ClusterView cluster, IpPool pool, PoolAddresses addresses) {
        boolean any = cluster.findings().stream().anyMatch(PoolPage::takesAddresses);
        var pods = any ? addresses.pods().collect(Collectors.toSet()) : Set.<String>of();
        var mention = "SpiderIPPool " + pool.name();
        return cluster.findings().stream()
                .filter(finding -> finding.evidence().stream().anyMatch(line -> mentions(line.toString(), mention))
                        || (takesAddresses(finding)
                                && finding.affected().pods().stream()
                                        .map(ObjectName::toString)
                                        .anyMatch(pods::contains)))
                .toList();
    }

    private static boolean takesAddresses(Finding finding) {
        return finding.code().equals("U36");
    }

    private static boolean mentions(String line, String mention) {
        int at = line.indexOf(mention);
        int end = at + mention.length();
        return at >= 0 && (end == line.length() || ":, ".indexOf(line.charAt(end)) >= 0);
    }
}
