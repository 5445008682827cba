package dev.underpass.diagnosis.edit;

import static dev.underpass.diagnosis.edit.AddressRange.ORDER;

import dev.underpass.diagnosis.edit.Block.Item;
import dev.underpass.diagnosis.edit.Part.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Lists of ranges as Spiderpool's objects have them.
final class RangeLists {

    private RangeLists() {}

    /// The entries that are ranges; the others, and those that overlap, become problems. Of a list that is no list of
    /// ranges at all the end is not read.
    static List<Item> read(Problems problems, List<Entry> entries) {
        var items = new ArrayList<Item>(entries.size());
        for (var entry : entries) {
            if (problems.tooMany(entry.path())) {
                break;
            }
            try {
                items.add(new Item(entry.path(), AddressRange.parse(entry.text())));
            } catch (WrongText e) {
                problems.refuse(
                        entry.path(),
                        PoolPhrases.NO_RANGE.with(
                                Words.quoted(entry.text()),
                                Words.inEnglish(Words.shortened(e.why().toString()), e.why())));
            }
        }
        overlaps(problems, items);
        return items;
    }

    private static void overlaps(Problems problems, List<Item> items) {
        var sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparing(item -> item.range().first(), ORDER));
        Item farthest = null;
        for (var item : sorted) {
            if (problems.tooMany(item.path())) {
                return;
            }
            if (farthest != null && farthest.range().contains(item.range().first())) {
                problems.warn(item.path(), PoolPhrases.OVERLAPPING.with(item.range(), farthest.range()));
            }
            if (farthest == null
                    || ORDER.compare(farthest.range().last(), item.range().last()) < 0) {
                farthest = item;
            }
        }
    }
}
