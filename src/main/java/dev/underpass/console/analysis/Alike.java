package dev.underpass.console.analysis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.reachability.Target;

/// A Pod that was followed in another one's place, because the two are alike.
///
/// @param to a target that it was followed to
/// @param others how many it was followed for besides itself
public record Alike(ObjectName followed, Target to, int others) {}
