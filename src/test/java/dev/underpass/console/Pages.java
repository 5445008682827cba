package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.underpass.console.recordings.Written;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Every page in every state that the recordings can show, for the tests that visit all of them in a browser.
final class Pages {

    private static final String RECORDING = Written.id(RecordedConsole.RECORDED);

    private static final Map<String, String> PATHS = Map.ofEntries(
            Map.entry("overview", "/"),
            Map.entry("pods", "/pods?q=verdict:unreachable"),
            Map.entry("pods-sorted", "/pods?q=ns:lab&sort=-unreachable"),
            Map.entry("pods-empty", "/pods?q=nobody"),
            Map.entry("pods-error", "/pods?q=foo:bar"),
            Map.entry("pod", "/pods/lab/u1"),
            Map.entry("routes", "/pods/lab/u1/routes?dst=10.233.42.26"),
            Map.entry("routes-compare", "/pods/lab/u1/routes?with=lab/u2"),
            Map.entry("routes-compare-error", "/pods/lab/u1/routes?with=nobody&dst=x"),
            Map.entry("routes-problems", "/pods/lab/u1/routes?only=problems"),
            Map.entry("routes-fine", "/pods/lab/u2/routes?only=problems"),
            Map.entry("pod-services", "/pods/lab/u1/services"),
            Map.entry("interfaces", "/pods/lab/u1/interfaces"),
            Map.entry("pod-yaml", "/pods/lab/u1/yaml"),
            Map.entry("pod-events", "/pods/lab/u1/events"),
            Map.entry("services", "/services"),
            Map.entry("service", "/services/lab/web"),
            Map.entry("services-error", "/services?q=ns:lab+foo:bar+web"),
            Map.entry("nodes-empty", "/nodes?q=nobody"),
            Map.entry("findings-sorted", "/findings?sort=pods"),
            Map.entry("findings-filtered", "/findings?q=severity:critical+-code:U01"),
            Map.entry("networks-filtered", "/networks?q=coordinator:yes"),
            Map.entry("pools-error", "/pools?q=pressure:much"),
            Map.entry("changes-error", "/changes?q=what:gone"),
            Map.entry("nodes", "/nodes"),
            Map.entry("setup", "/setup"),
            Map.entry("node", "/nodes/node1"),
            Map.entry("findings", "/findings"),
            Map.entry("reachability", "/reachability"),
            Map.entry("finding", "/findings/U22"),
            Map.entry("finding-muted", "/findings/U73"),
            Map.entry("trace-empty", "/trace"),
            Map.entry("trace", "/trace?from=lab/u1&to=lab/web:80"),
            Map.entry("trace-compare", "/trace?from=lab/u1&to=lab/web:80&compare=lab/u2"),
            Map.entry("edit-coordinator", "/coordinator/default/edit"),
            Map.entry("edit-network-new", "/networks/new"),
            Map.entry("delete-coordinator", "/coordinator/default/delete"),
            Map.entry("trace-ok", "/trace?from=lab/u2&to=lab/web:80"),
            Map.entry("topology", "/topology"),
            Map.entry("topology-table", "/topology?view=table&sel=node:node1"),
            Map.entry("topology-selected", "/topology?sel=pod:lab/u1"),
            Map.entry("topology-node", "/topology?level=node&id=node1&group=node"),
            Map.entry("topology-nodes", "/topology?view=nodes"),
            Map.entry("topology-error", "/topology?q=foo:bar"),
            Map.entry("pools", "/pools"),
            Map.entry("pools-empty", "/pools?q=nobody"),
            Map.entry("pool", "/pools/v4-10-6"),
            Map.entry("reserved-ips", "/reservedips"),
            Map.entry("coordinator", "/coordinator"),
            Map.entry("networks", "/networks"),
            Map.entry("changes", "/changes"),
            Map.entry("recordings", "/recordings?to=/pods?q=ns:lab"),
            Map.entry("then", "/at/" + RECORDING + "/"),
            Map.entry("then-pool", "/at/" + RECORDING + "/pools/v4-10-6"),
            Map.entry("then-routes", "/pods/lab/u1/routes?with=@" + RECORDING),
            Map.entry("then-trace", "/trace?from=lab/u1&to=lab/web:80&compare=@" + RECORDING),
            Map.entry("wizard", "/networks/access?ns=lab&workload=u1"),
            Map.entry("wizard-errors", "/networks/access?step=result&ns=lab&workload=b1&network=new&netname=UP&vlan=x"),
            Map.entry("wizard-mode", "/networks/access?step=mode&ns=lab&workload=u1&network=kube-system/macvlan-conf"),
            Map.entry(
                    "wizard-addresses",
                    "/networks/access?step=result&ns=lab&workload=u1&network=kube-system/macvlan-conf&mode=underlay"
                            + "&pool4=new&name4=x&subnet4=10.6.0.0/16&ips4=10.7.0.1"),
            Map.entry(
                    "wizard-result",
                    "/networks/access?step=result&ns=lab&workload=u1&network=kube-system/macvlan-conf&mode=underlay"
                            + "&pool4=v4-10-6"),
            Map.entry("views", "/views?to=/pods?q=ns:lab"),
            Map.entry("workloads", "/findings/U22/workloads"),
            Map.entry("palette", "/palette?q=10.6"),
            Map.entry("palette-empty", "/palette?q=nobody"),
            Map.entry("settings", "/settings?saved=true"),
            Map.entry("signed-out", "/signed-out"),
            Map.entry("network", "/networks/kube-system/macvlan-conf"),
            Map.entry("reachability-cell", "/reachability"),
            Map.entry("trace-kept", "/trace?from=lab/u1&to=lab/web:80"),
            Map.entry("edit-pool", "/pools/v4-10-6/edit?exclude=10.6.212.9"),
            Map.entry("edit-review", "/pools/v4-10-6/edit?exclude=10.6.212.9"),
            Map.entry("edit-review-problems", "/networks/new"),
            Map.entry("edit-draft", "/reservedips/new"),
            Map.entry("delete-pool", "/pools/v4-10-6/delete"),
            Map.entry("bad-request", "/topology?view=nothing"),
            Map.entry("no-pod", "/pods/lab/nobody"),
            Map.entry("not-found", "/nowhere"));

    /// What is pressed on the page of that address to come to the one that is meant.
    private static final Map<String, String> PRESSED = Map.of(
            "reachability-cell", ".matrix td a",
            "trace-kept", "main form[action$='/trace/keep'] button",
            "edit-review", "main form button.primary",
            "edit-review-problems", "main form button.primary",
            "edit-draft", "main form button[formaction]");

    private static final Map<String, Integer> REFUSED = Map.of("bad-request", 400, "no-pod", 404, "not-found", 404);

    private Pages() {}

    static Stream<String> names() {
        return PATHS.keySet().stream().sorted();
    }

    /// Those that stand in the frame of the console, with its rail.
    static Stream<String> framed() {
        return names().filter(name -> !name.equals("signed-out"));
    }

    static String path(String name) {
        return Objects.requireNonNull(PATHS.get(name), name);
    }

    /// Whether the answer is an error.
    static boolean refused(String name) {
        return REFUSED.containsKey(name);
    }

    /// Whether no address leads there at once, but something that is pressed.
    static boolean pressed(String name) {
        return PRESSED.containsKey(name);
    }

    /// Brings a window to a page.
    ///
    /// @param console where the console is
    static void open(Page window, String console, String name) {
        var answer = Objects.requireNonNull(window.navigate(console + path(name)));
        assertThat(answer.status()).as(name).isEqualTo(REFUSED.getOrDefault(name, 200));
        var button = PRESSED.get(name);
        if (button != null) {
            var before = window.url();
            window.locator(button).first().click();
            window.waitForURL(now -> !now.equals(before));
        }
    }
}
