package dev.underpass.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.agent.netlink.FilePages.Mapping;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class FilePagesTest {

    private static final String SMAPS = """
            fe000000-fe85f000 rw-p 00000000 00:00 0\s
            Rss:                6288 kB
            Anonymous:          6288 kB
            800001000-800730000 rw-p 00001000 fe:00 2163969                          /app/agent/agent.jsa
            Anonymous:             0 kB
            800730000-801268000 r--p 00730000 fe:00 2163969                          /app/agent/agent.jsa
            Rss:               11488 kB
            Anonymous:             0 kB
            VmFlags: rd mr mw me
            7f8fdbce3000-7f8fdcd6f000 r-xp 002e3000 fe:00 328754                     /opt/java/lib/server/libjvm.so
            Anonymous:             0 kB
            7f8fdd080000-7f8fdd16b000 r--p 0167f000 fe:00 328754                     /opt/java/lib/server/libjvm.so
            Anonymous:           940 kB
            7f8fdd200000-7f8fdd201000 r--p 00000000 00:00 0                          [vvar]
            Anonymous:             0 kB
            7f8fdd210000-7f8fdd211000 r--p 00000000 00:00 0\s
            Anonymous:             0 kB
            """;

    /// What the process has written to, such as relocated addresses, would be lost.
    @Test
    void findsOnlyReadOnlyFilesWithoutPagesOfTheProcessOwn() throws IOException {
        assertThat(FilePages.clean(new BufferedReader(new StringReader(SMAPS))))
                .containsExactly(new Mapping(0x800730000L, 0xb38000L), new Mapping(0x7f8fdbce3000L, 0x108c000L));
    }

    /// Everything that is needed again comes back: the test itself goes on in such pages.
    @Test
    void takesThemOutOfThisVeryProcess() throws IOException {
        assertThat(FilePages.release()).isGreaterThan(1 << 20);
    }
}
