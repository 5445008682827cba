package dev.underpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.view.TraceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole traces of recorded clusters, as people read them in a ticket. `-Dgolden.update=true` writes them anew; what
/// changes is then to be read line by line. There is no recording of a cluster without kube-proxy.
class TraceGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/traces");

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            underlay,                    healthy,                    lab/u1,  lab/web:80
            overlay-dual-nic,            healthy,                    lab/o1,  lab/web:80
            underlay-backend,            healthy,                    lab/o1,  lab/under-n2:80
            missing-hijack-route,        hijack-route-deleted,       lab/u1,  lab/web:80
            same-subnet,                 same-subnet,                lab/u1,  lab/under-n2:80
            same-subnet-masquerade-all,  same-subnet-masquerade-all, lab/u1,  lab/under-n2:80
            ipv6,                        dual-stack,                 lab/u3,  '[fd00:10:233::4225]:80'
            drift-after-cidr-change,     stale-service-cidr,         lab/u1,  lab/web:80
            unknown,                     healthy,                    lab/u1,  default/kubernetes:443
            nftables,                    healthy-nftables,           lab/u1,  lab/web:80
            """)
    void readsAsItWasReadAndFoundRight(String name, String recording, String from, String to)
            throws IOException, BadInputException {
        var loaded = Loaded.from(Recordings.path(recording));
        var target = loaded.targets("--to", to).getFirst();
        var analysis = loaded.analysis();
        var text = TraceText.markdown(analysis, analysis.trace(loaded.pod("--from", from), target));
        var golden = FOLDER.resolve(name + ".md");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, text);
        }

        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
