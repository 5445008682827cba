package dev.underpass.diagnosis;

import dev.underpass.words.Phrase;

/// What verdicts and findings say.
enum Phrases implements Phrase {
    ANSWERED("Connections to %s are answered."),
    ALL_ANSWERED("Connections to %s are answered by each of %s backends."),
    PACKETS_REFUSED("Packets to %s are refused at %s: %s."),
    PACKETS_UNKNOWN("Packets to %s cannot be followed beyond %s: %s."),
    PACKETS_LEAVE("Packets to %s leave what is known of the cluster at %s: %s."),
    PACKETS_LOST("Packets to %s are lost at %s: %s."),
    ANSWERS_REFUSED("Answers of the connection to %s are refused at %s: %s."),
    ANSWERS_UNKNOWN("Answers of the connection to %s cannot be followed beyond %s: %s."),
    ANSWERS_LEAVE("Answers of the connection to %s leave what is known of the cluster at %s: %s."),
    ANSWERS_LOST("Answers of the connection to %s are lost at %s: %s."),
    THE("the %s"),
    BECAUSE("%s Because: %s."),
    DECEPTIVE("%s The handshake passes all the same: connect() succeeds, then no data arrives."),
    NOTED("%s (%s)"),
    MISSING("missing: %s (%s)"),
    WOULD_DECIDE("would decide here; expected because of %s"),
    NO_BACKEND_LEFT("No backend is left: none can start."),
    CANNOT_BE_TOLD("Cannot be told: %s."),
    BACKEND_UNKNOWN("what becomes of its backend %s is not known"),
    UNTRANSLATED("no rule of this node translates %s"),
    NO_SUCH_PORT("Service %s has no port %s, only %s"),
    STALE_RULES("rules lead to %s, which is no endpoint of %s"),
    MISSING_RULES("rules do not lead to the ready endpoints %s of %s"),
    NO_SERVICE_CIDR("SpiderCoordinator %s has no status.serviceCIDR"),
    MODE_UNFIT("mode %s (%s), but %s"),
    DUPLICATE("%s is on %s"),
    POOL_FULL("SpiderIPPool %s: %s of %s addresses allocated"),
    BOTH_IPTABLES("KUBE-SERVICES rules in iptables-nft and in iptables-legacy"),
    NO_NODE_REPORT("no NodeReport of %s"),
    OUTSIDE_RANGES("%s %s has %s; SpiderCoordinator %s status.%s: %s"),
    BACKEND_FAULT("%s %s: %s"),
    SUMMARY("%s. Concerns %s."),
    BY_DESIGN("The set-up is like that by design; nothing is misconfigured"),
    AND("%s, %s"),
    NODE("node %s"),
    NODES("%s nodes"),
    PODS("%s Pods"),
    SERVICES("%s Services"),
    POOL_EXHAUSTED("SpiderIPPool %s has no free address for it"),
    POOL_SHORT("SpiderIPPool %s has %s free addresses for %s Pods"),
    NEW_MODE("kube-proxy's mode becomes '%s': all its rules are written anew"),
    DETECT_LOCAL_MODE("kube-proxy's detectLocalMode is %s"),
    NO_CLUSTER_CIDR("kube-proxy has no clusterCIDR"),
    CLUSTER_CIDR_UNREADABLE("kube-proxy's clusterCIDR: %s"),
    FIRST_COORDINATOR("The agent uses the first SpiderCoordinator only, which is %s"),
    REPAIRED(
            "%s of the %s pairs gained are gained by a restart alone, whatever is edited: these Pods lack lines today, or have too many: %s"),
    ANY_ADDRESS("A Pod that is made anew may get another address of its pool; what is said holds for any of them"),
    NO_AGENT_REPORT("no agent reported what it has today"),
    NO_ATTACHMENT("there is no NetworkAttachmentDefinition %s"),
    UNCHAINED("its network %s does not chain the coordinator"),
    NOT_TOLD(
            "Not told: connections to %s. These Pods are its endpoints and get other addresses, and kube-proxy writes its rules anew"),
    FIRST_FREE("A Pod gets any free address of its pools; what is said is worked out for the first ones"),
    HIDDEN("%s: no effect for Pods of network %s, which sets it to %s itself");

    private final String text;

    Phrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
