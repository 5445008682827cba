package dev.underpass.agent;

import dev.underpass.agent.netlink.FilePages;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// The memory that the process holds while it waits.
final class Footprint {

    private static final Logger LOG = System.getLogger(Footprint.class.getName());

    /// Garbage that has grown old stays until the heap is full, which it may never be.
    private static final int COLLECT_EVERY = 10;

    private int calls;

    /// Gives back what is not needed for the next while: pages of files and, the first time and now and then, garbage.
    void shrink() {
        if (calls++ % COLLECT_EVERY == 0) {
            System.gc();
        }
        try {
            FilePages.release();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Memory cannot be given back: {0}", e.getMessage());
        }
    }
}
