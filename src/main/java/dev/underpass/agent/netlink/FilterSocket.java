package dev.underpass.agent.netlink;

/// Tells when the nftables rules of one network namespace change, those written through iptables-nft included.
public final class FilterSocket implements AutoCloseable {

    private static final int NFTABLES_GROUP = 7;
    private static final int GETGEN = 10 << 8 | 16;
    private static final int GENERATION = 1;

    private final NetlinkSocket socket;
    private boolean changed;

    private FilterSocket(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Opens one in the current thread's network namespace, where it stays.
    public static FilterSocket open(NetlinkBuffer buffer) throws NetlinkException {
        return new FilterSocket(NetlinkSocket.open(NetlinkSocket.NETFILTER, buffer));
    }

    /// Follows changes from now on.
    public void follow() throws NetlinkException {
        socket.join(_ -> changed = true, NFTABLES_GROUP);
    }

    /// Whether something has changed since the last time somebody asked.
    public boolean takeChanged() throws NetlinkException {
        socket.drain();
        boolean taken = socket.takeLost() || changed;
        changed = false;
        return taken;
    }

    /// Whether something has been heard while something else was read: the descriptor need not tell of it any more.
    public boolean pending() {
        return changed || socket.hasLost();
    }

    /// The number of the current rule set, which every change raises.
    public int generation() throws NetlinkException {
        return socket.request(
                        "nftables generation", GETGEN, NetlinkSocket.payload(4), (_, message) -> generation(message))
                .getFirst();
    }

    private static int generation(Message message) {
        message.attributesAfter(4);
        while (message.next()) {
            if (message.type() == GENERATION) {
                return message.valueNetwork32();
            }
        }
        return 0;
    }

    /// The descriptor, to wait on.
    public int fd() {
        return socket.fd();
    }

    @Override
    public void close() {
        socket.close();
    }
}
