package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The ways to break a lab.
public enum Fault {
    HIJACK_ROUTE_DELETED(PodRoutingFaults::hijackRouteDeleted),
    OVERLAY_ROUTE_DELETED(PodRoutingFaults::overlayRouteDeleted),
    NODE_ROUTE_DELETED(PodRoutingFaults::nodeRouteDeleted),
    DEFAULT_ROUTE_DELETED(PodRoutingFaults::defaultRouteDeleted),
    SERVICE_ROUTE_SHADOWED(PodRoutingFaults::serviceRouteShadowed),
    SERVICE_ROUTE_REFUSED(PodRoutingFaults::serviceRouteRefused),
    HIJACK_GATEWAY_MOVED(PodRoutingFaults::hijackGatewayMoved),
    HIJACK_SOURCE_CHANGED(PodRoutingFaults::hijackSourceChanged),
    RULE_ADDED(PodRoutingFaults::ruleAdded),
    RULE_DELETED(PodRoutingFaults::ruleDeleted),
    RULE_THROWING(PodRoutingFaults::ruleThrowing),
    RULE_SUPPRESSING(PodRoutingFaults::ruleSuppressing),
    RULE_REFUSING(PodRoutingFaults::ruleRefusing),
    POD_TABLE_FLUSHED(PodRoutingFaults::podTableFlushed),
    HOST_TABLE_FLUSHED(NodeRoutingFaults::hostTableFlushed),
    HOST_RULE_DELETED(NodeRoutingFaults::hostRuleDeleted),
    HOST_ROUTE_DELETED(NodeRoutingFaults::hostRouteDeleted),
    HOST_ROUTE_MOVED(NodeRoutingFaults::hostRouteMoved),
    HOST_RULE_ADDED(NodeRoutingFaults::hostRuleAdded),
    POD_ROUTE_DELETED(NodeRoutingFaults::podRouteDeleted),
    BLOCK_ROUTE_DELETED(NodeRoutingFaults::blockRouteDeleted),
    NODE_DEFAULT_DELETED(NodeRoutingFaults::nodeDefaultDeleted),
    NODE_ROUTE_REFUSED(NodeRoutingFaults::nodeRouteRefused),
    POD_RP_FILTER(NodeRoutingFaults::podRpFilter, Family.IPV4),
    NODE_RP_FILTER(NodeRoutingFaults::nodeRpFilter, Family.IPV4),
    IP_FORWARD(NodeRoutingFaults::ipForward),
    DEVICE_FORWARD(NodeRoutingFaults::deviceForward),
    PROXY_ARP_OFF(NodeRoutingFaults::proxyArpOff, Family.IPV4),
    ARP_IGNORE(NodeRoutingFaults::arpIgnore, Family.IPV4),
    CONNTRACK_STRICT(NodeRoutingFaults::conntrackStrict),
    CONNTRACK_LIBERAL(NodeRoutingFaults::conntrackLiberal),
    LEG_DOWN(LinkFaults::legDown),
    LEG_DELETED(LinkFaults::legDeleted),
    LEG_FLAPPED(LinkFaults::legFlapped),
    HOST_LEG_DOWN(LinkFaults::hostLegDown),
    UNDERLAY_NIC_DOWN(LinkFaults::underlayNicDown),
    UNDERLAY_NIC_DELETED(LinkFaults::underlayNicDeleted),
    NODE_NIC_DOWN(LinkFaults::nodeNicDown),
    SWITCH_PORT_DOWN(LinkFaults::switchPortDown),
    IPV6_DISABLED(LinkFaults::ipv6Disabled, Family.IPV6),
    POD_NEIGHBOUR_WRONG(LinkFaults::podNeighbourWrong),
    POD_NEIGHBOUR_MISSING(LinkFaults::podNeighbourMissing),
    GATEWAY_NEIGHBOUR_WRONG(LinkFaults::gatewayNeighbourWrong),
    HOST_NEIGHBOUR_WRONG(LinkFaults::hostNeighbourWrong),
    HOST_NEIGHBOUR_MISSING(LinkFaults::hostNeighbourMissing),
    NODE_NEIGHBOUR_WRONG(LinkFaults::nodeNeighbourWrong),
    NEIGHBOUR_MISTAKEN(LinkFaults::neighbourMistaken),
    MARKS_FLUSHED(FirewallFaults::marksFlushed),
    FORWARD_DROP(FirewallFaults::forwardDrop),
    FORWARD_POLICY_DROP(FirewallFaults::forwardPolicyDrop),
    FORWARD_DROP_LEGACY(FirewallFaults::forwardDropLegacy),
    FORWARD_DROP_NFT(FirewallFaults::forwardDropNft),
    OUTPUT_DROP(FirewallFaults::outputDrop),
    NODE_OUTPUT_DROP(FirewallFaults::nodeOutputDrop),
    INPUT_DROP(FirewallFaults::inputDrop),
    RAW_DROP(FirewallFaults::rawDrop),
    UNTRACKED(FirewallFaults::untracked),
    SERVICE_CHAIN_EMPTIED(ServiceRuleFaults::serviceChainEmptied),
    ENDPOINT_CHAIN_EMPTIED(ServiceRuleFaults::endpointChainEmptied),
    SERVICE_CHAIN_STALE(ServiceRuleFaults::serviceChainStale),
    SERVICE_PORTAL_MISSING(ServiceRuleFaults::servicePortalMissing),
    SERVICE_RULES_GONE(ServiceRuleFaults::serviceRulesGone),
    MASQUERADE_MISSING(ServiceRuleFaults::masqueradeMissing);

    @SuppressWarnings("ImmutableEnumChecker") // Method references without state.
    private final Function<Strike, Damage> how;

    private final @Nullable Family needs;

    Fault(Function<Strike, Damage> how) {
        this(how, null);
    }

    Fault(Function<Strike, Damage> how, @Nullable Family needs) {
        this.how = how;
        this.needs = needs;
    }

    /// As people call it: `hijack-route-deleted`.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Fault> titled(String title) {
        return Arrays.stream(values())
                .filter(each -> each.title().equals(title))
                .findFirst();
    }

    /// Those that a lab of this kind can have.
    static List<Fault> possible(LabSpec spec) {
        return Arrays.stream(values())
                .filter(fault -> fault.needs == null || spec.has(fault.needs))
                .toList();
    }

    /// Where and how it strikes.
    Damage at(Lab lab, RandomGenerator random) {
        return how.apply(new Strike(lab, random));
    }
}
