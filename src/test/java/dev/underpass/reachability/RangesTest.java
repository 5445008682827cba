package dev.underpass.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.IpAddress;
import dev.underpass.report.FilterReport;
import dev.underpass.report.JsonText;
import org.junit.jupiter.api.Test;

class RangesTest {

    @Test
    void tellsWhichRangesHoldAnAddress() {
        var ranges = new Ranges();
        ranges.add("10.6.0.0/16");
        ranges.add("10.6.1.4-10.6.1.9");
        ranges.add("fd00::/8");

        assertThat(ranges.holding(IpAddress.parse("10.6.1.9"))).hasSize(2);
        assertThat(ranges.holding(IpAddress.parse("10.6.1.10"))).containsExactly("10.6.0.0/16");
        assertThat(ranges.holding(IpAddress.parse("fd00::1"))).containsExactly("fd00::/8");
        assertThat(ranges.unread()).isEmpty();
    }

    @Test
    void saysWhatItCannotRead() {
        var ranges = new Ranges();
        ranges.add("10.0.0.1/255.0.0.255");

        assertThat(ranges.unread()).containsExactly("10.0.0.1/255.0.0.255");
    }

    @Test
    void comparisonsByBitsOrOrderAreMarked() {
        var nftables = """
                {"nftables": [
                  {"rule": {"family": "ip", "table": "t", "chain": "bits", "expr": [{"match": {"op": "==", "left":
                    {"&": [{"payload": {"protocol": "ip", "field": "saddr"}}, "0.0.0.1"]}, "right": "0.0.0.1"}}]}},
                  {"rule": {"family": "ip", "table": "t", "chain": "order", "expr": [{"match": {"op": "<", "left":
                    {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "10.0.0.9"}}]}},
                  {"rule": {"family": "ip", "table": "t", "chain": "mark", "expr": [{"match": {"op": "!=", "left":
                    {"&": [{"meta": {"key": "mark"}}, 16384]}, "right": 0}}]}},
                  {"rule": {"family": "ip", "table": "t", "chain": "prefix", "expr": [{"match": {"op": "==", "left":
                    {"payload": {"protocol": "ip", "field": "saddr"}},
                    "right": {"prefix": {"addr": "10.0.0.0", "len": 8}}}}]}}]}
                """;

        var lines = FilterLines.of(new FilterReport(null, null, null, null, new JsonText(nftables), null));

        assertThat(lines.stream()
                        .filter(line -> line.words().contains(FilterLines.BY_VALUE))
                        .map(FilterLines.Line::chain))
                .containsExactly("bits", "order");
        assertThat(lines.getLast().words()).contains("10.0.0.0/8");
    }
}
