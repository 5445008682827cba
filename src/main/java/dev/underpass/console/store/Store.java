package dev.underpass.console.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What replicas of one console share. Each keeps a copy of all of it in memory and works from that, so that it goes on
/// when the store is away.
public interface Store {

    /// That of a console alone: there is nobody to share with.
    Store ALONE = new Store() {
        @Override
        public void tell(Topic topic, Told told) {
            // Nobody hears it.
        }

        @Override
        public void tellNow(Topic topic, Told told) {
            // Nobody hears it.
        }

        @Override
        public void follow(Topic topic, Follower follower) {
            // There is nothing to hear.
        }

        @Override
        public void tell(ReportPart report) {
            // Nobody hears it.
        }

        @Override
        public void follow(ReportFollower follower) {
            // There is nothing to hear.
        }

        @Override
        public Status status() {
            return Status.ALONE;
        }
    };

    /// How it is.
    ///
    /// @param shared whether there is a store at all
    /// @param awaySince absent while it answers
    /// @param reason why it does not answer
    /// @param waiting how much is to be told as soon as it answers
    /// @param lost how much was not told because too much waited
    record Status(boolean shared, @Nullable Instant awaySince, String reason, int waiting, long lost) {

        static final Status ALONE = new Status(false, null, "", 0, 0);
    }

    /// Tells all replicas, as soon as that is possible; returns before.
    void tell(Topic topic, Told told);

    /// The same, but waits until the store has it, or is known to be away.
    void tellNow(Topic topic, Told told);

    /// Hears what is told of a topic, from the start of the console on. Called while the console is put together.
    void follow(Topic topic, Follower follower);

    /// Tells all replicas of a report; returns before.
    void tell(ReportPart report);

    /// Hears of reports. Called while the console is put together.
    void follow(ReportFollower follower);

    Status status();
}
