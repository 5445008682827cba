package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.store.Store;
import dev.underpass.diagnosis.edit.Edit.Operation;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.node.JsonNodeFactory;

/// The record of edits keeps within its bounds.
@ExtendWith(OutputCaptureExtension.class)
class EditLogTest {

    private static EditEntry entry(String id, String who, int characters) {
        return new EditEntry(
                id,
                Instant.EPOCH,
                who,
                Operation.CREATE,
                null,
                ObjectRef.of(EditedKind.IP_POOL, "v4"),
                null,
                JsonNodeFactory.instance.objectNode().put("x", "y".repeat(characters)),
                Outcome.APPLIED,
                null);
    }

    @Test
    void keepsTheNewest() {
        var log = new EditLog(Store.ALONE);

        for (int i = 0; i <= EditLog.MOST; i++) {
            log.add(entry("e" + i, "loopback", 1));
        }

        assertThat(log.newestFirst()).hasSize(EditLog.MOST);
        assertThat(log.newestFirst().getFirst().id()).isEqualTo("e" + EditLog.MOST);
        assertThat(log.entry("e1").id()).isEqualTo("e1");
        assertThatThrownBy(() -> log.entry("e0")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void forgetsTheOldestWhereTheyAreLarge() {
        var log = new EditLog(Store.ALONE);

        for (int i = 0; i < 20; i++) {
            log.add(entry("e" + i, "loopback", 1 << 20));
        }

        assertThat(log.newestFirst()).hasSize(15);
        assertThat(log.newestFirst().getLast().id()).isEqualTo("e5");
    }

    @Test
    void logsNoLineThatANameMadeUp(CapturedOutput log) {
        new EditLog(Store.ALONE).add(entry("e1", "mallory\nEdit e2: all is well", 1));

        assertThat(log.getAll()).contains("by mallory?Edit e2: all is well of SpiderIPPool v4: applied");
    }
}
