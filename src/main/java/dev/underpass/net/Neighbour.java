package dev.underpass.net;

import org.jspecify.annotations.Nullable;

/// An entry of the neighbour table, `ip-neighbour(8)`.
///
/// @param lladdr the link-layer address, absent while it is not resolved
/// @param state `PERMANENT`, `REACHABLE`, `STALE`, `DELAY`, `PROBE`, `NOARP`, `FAILED`, `INCOMPLETE` or `NONE`
/// @param ageSeconds since the entry was last confirmed, when the report says
public record Neighbour(
        IpAddress address,
        DeviceName device,
        @Nullable MacAddress lladdr,
        String state,
        @Nullable Long ageSeconds) {

    public boolean permanent() {
        return state.equals("PERMANENT") || state.equals("NOARP");
    }

    /// Whether the kernel sends to `lladdr` without asking first.
    public boolean valid() {
        return lladdr != null && !state.equals("FAILED") && !state.equals("INCOMPLETE") && !state.equals("NONE");
    }

    /// Whether the kernel asked, got no answer and gave up (`neigh_timer_handler`).
    ///
    /// An owner that shows up by any broadcast makes the entry `STALE`; while a question is open it is
    /// `INCOMPLETE`, which proves nothing.
    public boolean failed() {
        return state.equals("FAILED");
    }

    @Override
    public String toString() {
        return "%s dev %s%s %s".formatted(address, device, lladdr == null ? "" : " lladdr " + lladdr, state);
    }
}
