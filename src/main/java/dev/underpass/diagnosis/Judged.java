package dev.underpass.diagnosis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.reachability.Trace;
import java.util.List;

/// Clients whose connections to one target end alike.
///
/// @param trace of one of them
record Judged(List<ObjectName> clients, Trace trace) {}
