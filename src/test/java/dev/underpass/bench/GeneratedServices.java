package dev.underpass.bench;

import java.util.stream.Collectors;

/// kube-proxy's iptables rules for a generated cluster's Services, in the place of the recorded ones.
final class GeneratedServices {

    private final GeneratedCluster cluster;
    private final StringBuilder chains = new StringBuilder();
    private final StringBuilder portals = new StringBuilder();
    private final StringBuilder rules = new StringBuilder();

    GeneratedServices(GeneratedCluster cluster) {
        this.cluster = cluster;
    }

    String rules(String recorded) {
        for (int service = 0; service < cluster.services(); service++) {
            add(service);
        }
        var kept = recorded.lines()
                .filter(line -> !line.contains("lab/") && !line.contains("default/kubernetes"))
                .filter(line -> !line.startsWith(":KUBE-SVC-") && !line.startsWith(":KUBE-SEP-"))
                .collect(Collectors.joining("\n", "", "\n"));
        return kept.replace(":KUBE-MARK-MASQ - [0:0]\n", ":KUBE-MARK-MASQ - [0:0]\n" + chains)
                .replace("-A KUBE-SERVICES -m comment", portals + "-A KUBE-SERVICES -m comment")
                .replace("-A PREROUTING -m comment", rules + "-A PREROUTING -m comment");
    }

    private void add(int service) {
        var name = "lab/%s:http".formatted(GeneratedCluster.serviceName(service));
        var chain = "KUBE-SVC-%016d".formatted(service);
        var match = "-d %s/32 -p tcp -m comment --comment \"%s cluster IP\" -m tcp --dport 80 -j "
                .formatted(GeneratedCluster.serviceAddress(service), name);
        chains.append(":%s - [0:0]\n".formatted(chain));
        portals.append("-A KUBE-SERVICES %s%s\n".formatted(match, chain));
        rules.append("-A %s ! -s 10.244.0.0/16 %sKUBE-MARK-MASQ\n".formatted(chain, match));
        var endpoints = cluster.endpoints(service);
        for (int i = 0; i < endpoints.size(); i++) {
            var luck = i == 0 ? " -m statistic --mode random --probability 0.50000000000" : "";
            endpoint(
                    chain,
                    name,
                    "KUBE-SEP-%015d%d".formatted(service, i),
                    endpoints.get(i).address(),
                    luck);
        }
    }

    private void endpoint(String chain, String name, String endpoint, String address, String luck) {
        var comment = "-m comment --comment \"%s\"".formatted(name);
        chains.append(":%s - [0:0]\n".formatted(endpoint));
        rules.append("-A %s -m comment --comment \"%s -> %s:8080\"%s -j %s\n"
                .formatted(chain, name, address, luck, endpoint));
        rules.append("-A %s -s %s/32 %s -j KUBE-MARK-MASQ\n".formatted(endpoint, address, comment));
        rules.append("-A %s -p tcp %s -m tcp -j DNAT --to-destination %s:8080\n".formatted(endpoint, comment, address));
    }
}
