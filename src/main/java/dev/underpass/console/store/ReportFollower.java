package dev.underpass.console.store;

import java.util.List;
import java.util.Set;

/// Who hears of the reports that replicas take.
public interface ReportFollower {

    /// Takes a report that any replica took: the changes to the one before.
    ///
    /// @return false where that is not known, so that all parts are needed
    boolean hear(ReportPart changes);

    /// Takes a report that any replica took: a whole one and the changes since, in their order.
    void hear(List<ReportPart> parts);

    /// The nodes whose reports are known here.
    Set<String> nodes();

    /// Whether this one is the newest of the node here.
    boolean isNewest(String node, String bootId, long sequence);

    /// The newest report of a node, whole.
    ReportPart whole(String node);
}
