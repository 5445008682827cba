package dev.underpass.diagnosis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.words.Sentence;
import java.util.List;

/// A Pod for which an edit matters, but only when it is made anew.
///
/// @param workload whose restart makes it anew, such as `Deployment default/web`, or the Pod itself
public record RecreatedPod(ObjectName pod, String workload, Effect effect) {

    /// What becomes of it.
    public sealed interface Effect {

        /// It starts with other lines than it has now.
        record Differs(List<LineChange> lines) implements Effect {
            public Differs {
                lines = List.copyOf(lines);
            }
        }

        /// It cannot start.
        record CannotStart(Sentence reason) implements Effect {}

        /// Nobody can say from what is known.
        record Unknown(Sentence reason) implements Effect {}
    }

    /// A line that comes or goes.
    ///
    /// @param where the Pod or the node
    /// @param text in the notation of `ip`, `iptables-save` or `sysctl`
    public record LineChange(boolean added, Where where, String text) {

        /// In whose namespace the line is.
        public enum Where {
            POD,
            NODE
        }
    }
}
