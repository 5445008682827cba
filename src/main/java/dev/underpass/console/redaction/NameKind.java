package dev.underpass.console.redaction;

import java.util.List;

/// What a name is of. Names of one kind that are equal stay equal, and keep their order.
enum NameKind {
    NAMESPACE("ns", "default", "kube-node-lease", "kube-public", "kube-system"),
    NODE("node"),
    POD("pod"),
    SERVICE("svc", "kube-dns", "kubernetes"),
    NETWORK("net"),
    POOL("pool"),
    COORDINATOR("coordinator", "default"),
    CONFIG_MAP("config", "cilium-config", "kube-proxy", "kubeadm-config"),
    OBJECT("object"),
    PORT("port"),
    LABEL("label"),
    VALUE("value", "", "false", "true"),
    CHAIN("chain"),
    FILE("cni"),
    DOMAIN("domain"),
    WORD("word");

    private final String stem;

    @SuppressWarnings("ImmutableEnumChecker") // List.of does not change.
    private final List<String> kept;

    NameKind(String stem, String... kept) {
        this.stem = stem;
        this.kept = List.of(kept);
    }

    String stem() {
        return stem;
    }

    /// Names that every cluster has, which the analysis knows.
    boolean keeps(String name) {
        return name.isEmpty() || kept.contains(name);
    }

    /// What a new name begins with, so that it stands among those that are kept where the old one did.
    String lead(String name) {
        var before = kept.stream().filter(each -> each.compareTo(name) < 0).reduce((_, last) -> last);
        boolean last = before.isPresent() && before.get().equals("kube-system");
        if (last || (this != NAMESPACE && this != COORDINATOR)) {
            return "";
        }
        return switch (before.orElse("")) {
            case "" -> "a-";
            case "default" -> "e-";
            case "kube-node-lease" -> "kube-o-";
            default -> "kube-q-";
        };
    }
}
