package dev.underpass.bench;

/// One Pod of a generated cluster.
///
/// @param place which of its node's Pods it is
/// @param faulty lacks its route to the Services, if it is a Macvlan Pod
/// @param dense whether the addresses of the underlay are taken one by one, node by node
record GeneratedPod(int number, int node, int place, boolean faulty, boolean dense) {

    private static final int FIRST_INDEX = 10;
    private static final int MACVLAN_PER_NODE = 55;

    boolean overlay() {
        return place % 2 == 0;
    }

    /// The Pod of the recording that it is a copy of.
    String template() {
        return overlay() ? "b1" : "u1";
    }

    String name() {
        return (overlay() ? "overlay-" : "macvlan-") + number;
    }

    String uid() {
        return "00000000-0000-4000-8000-%012x".formatted(number);
    }

    String address() {
        return overlay()
                ? "10.244.%d.%d".formatted(node / 4, node % 4 * 64 + 1 + place / 2)
                : "10.6.%d.%d".formatted(16 + macvlan() / 250, 1 + macvlan() % 250);
    }

    /// Which of the underlay's addresses it has.
    private int macvlan() {
        return dense ? node * MACVLAN_PER_NODE + place / 2 : number;
    }

    /// The index of its link on the node.
    int index() {
        return FIRST_INDEX + place;
    }

    /// The name of its link on the node.
    String device() {
        return (overlay() ? "cali%011x" : "veth%011x").formatted(number);
    }

    /// The link-layer address of its NIC that Services are reached by: of `eth0` or `veth0`.
    String mac() {
        return mac(1);
    }

    String hostMac() {
        return overlay() ? "ee:ee:ee:ee:ee:ee" : mac(2);
    }

    private String mac(int kind) {
        return "02:%02x:%02x:%02x:%02x:%02x"
                .formatted(kind, number >> 24 & 0xff, number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
    }

    /// The text of the recorded Pod, made this one's.
    String renamed(String text) {
        return text.replace("\"b1\"", "\"" + name() + "\"")
                .replace("\"u1\"", "\"" + name() + "\"")
                .replace("lab-p-" + template(), "lab-p-" + name())
                .replace("00000000-0000-4000-8000-edbab45572c7", uid())
                .replace("00000000-0000-4000-8000-e4774cdda079", uid())
                .replace("10.233.74.70", address())
                .replace("10.6.212.241", address())
                .replace(",{\"ip\":\"fd00:10:233:64::1:70\"}", "")
                .replace("10.6.212.101", GeneratedCluster.nodeAddress(node))
                .replace("\"node1\"", "\"node" + node + "\"")
                .replace("f6:50:48:2d:4d:f1", mac())
                .replace("32:48:61:b3:06:b0", mac())
                .replace("76:4e:fb:c4:69:63", mac(3))
                .replace("de:4c:e4:26:ee:cc", hostMac())
                .replace("\"link_index\":" + (overlay() ? 3 : 7), "\"link_index\":" + index());
    }
}
