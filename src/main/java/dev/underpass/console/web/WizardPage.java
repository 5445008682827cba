package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One step of the wizard.
///
/// @param question with the step that is shown: the one that was asked for, or the first with something wrong
/// @param sent whether a later step was asked for, so that what is missing is told
/// @param problems by field
/// @param choices what was chosen so far
/// @param services the families that Services have addresses of; empty where that is not known
/// @param result of the last step
record WizardPage(
        WizardQuestion question,
        boolean sent,
        WizardProblems problems,
        Choices choices,
        Offers offers,
        Set<Family> services,
        @Nullable WizardResult result) {

    private static final List<String> MODES = List.of("overlay", "underlay");

    /// What was chosen.
    record Choices(WizardWorkload workload, WizardNetwork network, String mode, List<WizardPool> pools) {

        boolean only() {
            return mode.equals("underlay");
        }

        ObjectName networkName() {
            return Objects.requireNonNull(network.name());
        }

        WizardAnnotations annotations(ClusterSnapshot now) {
            return WizardAnnotations.of(now, workload, networkName(), only(), pools);
        }
    }

    /// What can be chosen.
    record Offers(
            List<String> workloads,
            List<NetworkRow> networks,
            List<String> types,
            List<WizardPool.Offer> pools4,
            List<WizardPool.Offer> pools6) {}

    static WizardPage of(ClusterView cluster, PoolUse.Read read, WizardQuestion asked) {
        var now = cluster.analysis().snapshot();
        var problems = new WizardProblems();
        var question = asked.byDefault("netns", "kube-system").byDefault("cni", WizardNetwork.TYPES.getFirst());
        var workload = WizardWorkload.of(cluster, question, problems);
        var network = WizardNetwork.of(now, question, problems);
        question = pools(now, network, question);
        var mode = mode(question, problems);
        var fitting = mode.isEmpty() ? network : network.inMode(mode, problems);
        var use = new PoolUse(read, now, workload, network.name());
        var pools = chosen(use, question, problems);
        var services = services(now);
        families(pools, services, problems);
        var step = reached(question, problems);
        var choices = new Choices(workload, fitting, mode, pools);
        return new WizardPage(
                question.at(step),
                !step.equals(asked.step()),
                problems,
                choices,
                offers(cluster, use, question),
                services,
                step.equals("result") ? WizardResult.of(cluster, choices) : null);
    }

    /// The step that was asked for, or the first before it that something is wrong with.
    private static String reached(WizardQuestion question, WizardProblems problems) {
        return WizardQuestion.STEPS.stream()
                .takeWhile(step -> !step.equals(question.step()))
                .filter(problems::stops)
                .findFirst()
                .orElse(question.step());
    }

    private static String mode(WizardQuestion question, WizardProblems problems) {
        var mode = question.text("mode");
        if (MODES.contains(mode)) {
            return mode;
        }
        problems.refuse("mode", mode.isEmpty() ? "choose" : "noMode", mode);
        return "";
    }

    /// The pools that the network itself names are offered first.
    private static WizardQuestion pools(ClusterSnapshot now, WizardNetwork network, WizardQuestion question) {
        var named = now.spiderpool().networkAttachments().stream()
                .filter(each -> each.name().equals(network.name()))
                .flatMap(each -> CniChain.of(each.config()).pools().stream())
                .toList();
        var with = question;
        for (var family : Family.values()) {
            var first = now.spiderpool().ipPools().stream()
                    .filter(pool -> named.contains(pool.name())
                            && pool.subnet().network().family() == family)
                    .findFirst();
            if (first.isPresent()) {
                with = with.byDefault(
                        WizardPool.field("pool", family), first.get().name());
            }
        }
        return with;
    }

    private static List<WizardPool> chosen(PoolUse use, WizardQuestion question, WizardProblems problems) {
        var pools = new ArrayList<WizardPool>();
        for (var family : Family.values()) {
            var pool = WizardPool.of(use, question, family, problems);
            if (pool != null) {
                pools.add(pool);
            }
        }
        if (pools.isEmpty() && !problems.stops("addresses")) {
            problems.refuse("pool4", "choose", "");
        }
        return pools;
    }

    /// The families of the Service ranges.
    private static Set<Family> services(ClusterSnapshot now) {
        var families = EnumSet.noneOf(Family.class);
        now.spiderpool().coordinators().stream()
                .limit(1)
                .flatMap(each -> Stream.ofNullable(each.serviceCidrs()))
                .flatMap(List::stream)
                .forEach(each -> families.add(each.network().family()));
        now.services().forEach(service -> service.clusterIps().forEach(each -> families.add(each.family())));
        return families;
    }

    private static void families(List<WizardPool> pools, Set<Family> services, WizardProblems problems) {
        if (pools.isEmpty() || services.isEmpty()) {
            return;
        }
        for (var family : Family.values()) {
            boolean chosen = pools.stream().anyMatch(pool -> pool.family() == family);
            if (chosen && !services.contains(family)) {
                problems.warn(WizardPool.field("pool", family), "noServices", words(family));
            } else if (!chosen && services.contains(family)) {
                problems.warn(WizardPool.field("pool", family), "services", words(family));
            }
        }
    }

    private static String words(Family family) {
        return family == Family.IPV4 ? "IPv4" : "IPv6";
    }

    private static Offers offers(ClusterView cluster, PoolUse use, WizardQuestion question) {
        var now = cluster.analysis().snapshot();
        return new Offers(
                WizardWorkload.offered(cluster, question.text("ns")),
                NetworkRow.all(now).stream()
                        .filter(each -> each.attachment() != null)
                        .toList(),
                WizardNetwork.TYPES,
                WizardPool.offers(use, Family.IPV4),
                WizardPool.offers(use, Family.IPV6));
    }

    /// What is to be said at a field: of one where nothing was typed, only once that is too late.
    public List<WizardProblems.Problem> said(String field) {
        boolean told = sent
                || question.step().equals("result")
                || !question.text(field).isEmpty();
        return told ? problems.of(field) : List.of();
    }

    /// What of the step that is shown cannot be, in the order of its judgement.
    public List<WizardProblems.Problem> refused() {
        return problems.refused().stream()
                .filter(each -> WizardQuestion.stepOf(each.field()).equals(question.step()))
                .filter(each -> said(each.field()).contains(each))
                .toList();
    }

    /// Whether what was typed into the field cannot be.
    public boolean wrong(String field) {
        return said(field).stream().anyMatch(WizardProblems.Problem::refused);
    }
}
