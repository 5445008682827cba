package dev.underpass.agent;

import dev.underpass.agent.netlink.FilePages;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// The memory that the process holds while it waits.
final class Footprint {

    private static final Logger LOG = System.getLogger(Footprint.class.getName());

    private boolean started;

    /// Gives back what is not needed for the next while: pages of files, and after the start its garbage.
    void shrink() {
        if (!started) {
            started = true;
            System.gc();
        }
        try {
            FilePages.release();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Memory cannot be given back: {0}", e.getMessage());
        }
    }
}
