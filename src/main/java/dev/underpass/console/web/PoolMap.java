package dev.underpass.console.web;

import static dev.underpass.diagnosis.edit.AddressRange.ORDER;

import dev.underpass.console.edit.PoolAddresses.State;
import dev.underpass.console.edit.PoolAddresses.StateRange;
import dev.underpass.diagnosis.edit.AddressRange;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The drawing of a pool's addresses, in blocks of 256: cells of a few blocks, bars of many, and of more only those
/// blocks that Pods have addresses in.
///
/// @param blocks drawn with a cell for each address
/// @param bars the blocks that can be gone down to
/// @param sparse whether the bars are only a part of all blocks, because the pool has too many
/// @param more how many further blocks are in use beyond those that are shown
record PoolMap(List<Block> blocks, List<Bar> bars, boolean sparse, int more) {

    /// How many addresses' bits a block spans: 256 of them.
    static final int BITS = 8;

    private static final int STACKED = 4;
    private static final int BARS = 256;
    private static final int SIDE = 16;

    /// 256 addresses.
    record Block(IpPrefix prefix, List<Row> rows) {}

    /// 16 addresses.
    record Row(String label, List<Cell> cells) {}

    /// One address.
    ///
    /// @param state a key of the page's words
    /// @param who the Pods that have it, or the other pool that it is of; empty when there is nobody
    record Cell(String address, String glyph, String state, String who) {}

    /// How full a block is.
    ///
    /// @param held the addresses that Pods have
    /// @param total those that belong to the pool
    /// @param conflicts of them, those that somebody else has, or answers for, too
    record Bar(IpPrefix prefix, int held, int total, int conflicts) {

        /// For the bar, in hundredths.
        public int share() {
            return total == 0 ? 0 : 100 * held / total;
        }
    }

    /// Draws a pool.
    ///
    /// @param disputed the addresses that another MAC address answers for
    /// @param asked the block to draw; absent for all, if they are few
    static PoolMap of(
            AddressRanges all,
            List<StateRange> ranges,
            AddressRanges disputed,
            @Nullable IpPrefix asked,
            Function<IpAddress, Cell> cell) {
        var every = worthwhile(blocks(all.ranges(), BARS + 2), all, ranges, asked);
        boolean sparse = every.size() > BARS;
        var used = sparse ? inUse(ranges) : every;
        if (every.size() <= STACKED && (asked == null || every.contains(asked))) {
            return new PoolMap(drawn(every, cell), List.of(), false, 0);
        }
        var shown = used.stream().limit(BARS).toList();
        return new PoolMap(
                asked == null ? List.of() : drawn(List.of(asked), cell),
                bars(shown, ranges, disputed),
                sparse,
                used.size() - shown.size());
    }

    /// All but one that has nothing of the pool but its gateway, unless that is asked for: it would be the first, and
    /// 255 cells of nothing.
    private static List<IpPrefix> worthwhile(
            List<IpPrefix> blocks, AddressRanges all, List<StateRange> ranges, @Nullable IpPrefix asked) {
        var barren = ranges.stream()
                .filter(each -> each.state() == State.GATEWAY)
                .map(each -> block(each.range().first()))
                .filter(block -> blocks.size() > 1 && !block.equals(asked))
                .filter(block -> all.intersection(AddressRanges.of(List.of(AddressRange.of(block))))
                        .size()
                        .equals(BigInteger.ONE))
                .toList();
        return blocks.stream().filter(block -> !barren.contains(block)).toList();
    }

    /// The block around an address.
    static IpPrefix block(IpAddress address) {
        return IpPrefix.around(address, address.family().bits() - BITS);
    }

    private static List<IpPrefix> inUse(List<StateRange> ranges) {
        var held = ranges.stream()
                .filter(each -> isHeld(each.state()))
                .map(StateRange::range)
                .toList();
        return blocks(held, Integer.MAX_VALUE);
    }

    private static boolean isHeld(State state) {
        return state == State.ALLOCATED || state == State.CONFLICT;
    }

    /// The blocks that ranges touch, in their order; not all, if they are more than so many.
    private static List<IpPrefix> blocks(List<AddressRange> ranges, int most) {
        var found = new LinkedHashSet<IpPrefix>();
        for (var range : ranges) {
            var block = block(range.first());
            found.add(block);
            while (found.size() < most && ORDER.compare(last(block), range.last()) < 0) {
                block = block(last(block).next());
                found.add(block);
            }
        }
        return List.copyOf(found);
    }

    private static IpAddress last(IpPrefix block) {
        return AddressRange.of(block).last();
    }

    /// Whether it matters that another answers for such an address: one is kept from Pods because somebody else has it.
    static boolean counts(State state) {
        return state == State.ALLOCATED || state == State.FREE;
    }

    private static List<Bar> bars(List<IpPrefix> blocks, List<StateRange> ranges, AddressRanges disputed) {
        var bars = new ArrayList<Bar>();
        int next = 0;
        for (var block : blocks) {
            var whole = AddressRange.of(block);
            while (next < ranges.size()
                    && ORDER.compare(ranges.get(next).range().last(), whole.first()) < 0) {
                next++;
            }
            bars.add(bar(block, ranges.subList(next, ranges.size()), disputed));
        }
        return bars;
    }

    private static Bar bar(IpPrefix block, List<StateRange> ranges, AddressRanges disputed) {
        var whole = AddressRanges.of(List.of(AddressRange.of(block)));
        int held = 0;
        int total = 0;
        int conflicts = 0;
        for (var each : ranges) {
            if (ORDER.compare(each.range().first(), last(block)) > 0) {
                break;
            }
            var within = AddressRanges.of(List.of(each.range())).intersection(whole);
            int size = within.size().min(BigInteger.valueOf(256)).intValue();
            total += each.state() == State.EXCLUDED ? 0 : size;
            held += isHeld(each.state()) ? size : 0;
            conflicts += each.state() == State.CONFLICT ? size : 0;
            conflicts +=
                    counts(each.state()) ? within.intersection(disputed).size().intValue() : 0;
        }
        return new Bar(block, held, total, conflicts);
    }

    private static List<Block> drawn(List<IpPrefix> blocks, Function<IpAddress, Cell> cell) {
        return blocks.stream()
                .map(prefix -> new Block(prefix, rows(prefix.network(), cell)))
                .toList();
    }

    private static List<Row> rows(IpAddress first, Function<IpAddress, Cell> cell) {
        var rows = new ArrayList<Row>();
        var address = first;
        for (int row = 0; row < SIDE; row++) {
            var cells = new ArrayList<Cell>();
            var label = label(address, row * SIDE);
            for (int column = 0; column < SIDE; column++) {
                cells.add(cell.apply(address));
                address = address.next();
            }
            rows.add(new Row(label, cells));
        }
        return rows;
    }

    /// The end of the row's first address: `212.16` of IPv4, the last two digits of IPv6.
    private static String label(IpAddress address, int offset) {
        if (address.family() == IpAddress.Family.IPV4) {
            return address.toString().split("\\.", 3)[2];
        }
        return ":…%02x".formatted(offset);
    }

    /// The heads of the columns.
    public List<String> columns(Block block) {
        boolean four = block.prefix().network().family() == IpAddress.Family.IPV4;
        return IntStream.range(0, SIDE)
                .mapToObj(four ? "+%d"::formatted : "+%x"::formatted)
                .toList();
    }
}
