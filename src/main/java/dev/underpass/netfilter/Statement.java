package dev.underpass.netfilter;

import dev.underpass.net.IpPrefix;
import org.jspecify.annotations.Nullable;

/// One part of a rule: a condition, or something it does. Parts without effect are left out.
sealed interface Statement permits Condition, Verdict, Statement.Action {

    sealed interface Action extends Statement {}

    record SetMark(Expression value) implements Action {}

    record SetConnectionMark(Expression value) implements Action {}

    /// `NOTRACK`, `CT --notrack`, `notrack`.
    enum Untrack implements Action {
        UNTRACK
    }

    /// `KEY vmap @service-ips`.
    record VerdictMap(Expression key, Elements<Verdict> data) implements Action {}

    /// Binds the connection to another source or destination.
    ///
    /// @param manip null for the one of the hook (`NETMAP`)
    record Translate(@Nullable Manip manip, Target target) implements Action {}

    /// What a translation chooses.
    sealed interface Target {

        @Nullable
        Ports ports();

        /// A given address.
        ///
        /// @param address null to keep it; may evaluate to `ADDRESS . PORT`
        record To(@Nullable Expression address, @Nullable Ports ports) implements Target {}

        record Masquerade(@Nullable Ports ports) implements Target {}

        record Redirect(@Nullable Ports ports) implements Target {}

        /// Keeps the host part.
        record NetMap(IpPrefix network) implements Target {
            @Override
            public @Nullable Ports ports() {
                return null;
            }
        }
    }

    /// The ports to choose from.
    ///
    /// @param last null for a single port
    record Ports(Expression first, @Nullable Expression last) {}
}
