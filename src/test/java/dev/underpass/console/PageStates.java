package dev.underpass.console;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which states each page can be in, and what it shows then. A cell of the table is what the page says in that state,
/// or one of the reasons why it cannot be in it.
final class PageStates {

    /// The states of a panel. How each comes about in a real console is in StatePagesTest.
    enum State {
        /// There is nothing, and that is known.
        NONE,
        /// All is there.
        READY,
        /// There is something, and a filter hides all of it.
        FILTERED,
        /// The agent of one node says nothing.
        PARTIAL,
        /// The agents have said nothing for a while.
        STALE,
        /// The cluster refuses the console the right to read.
        FORBIDDEN,
        /// The Kubernetes API does not answer; what was read before is shown.
        FAILED,
        /// It is being read for the first time.
        LOADING
    }

    /// Why a page cannot be in a state.
    static final Map<String, String> REASONS = Map.of(
            "own", "it shows nothing of the cluster",
            "one", "it is the page of one thing: where that is not there, the answer is an error page",
            "all", "there is nothing on it to filter",
            "set", "it rests on settings, not on what agents report",
            "lists", "it shows these states itself, a line for each kind of resource",
            "fixed", "it was settled when it happened, and is shown as it was",
            "asks",
                    "what it shows is asked of the API for this page alone: refused or unanswered, an error page says why",
            "found", "it shows what was found; what could not be looked at is on the pages that the hits lead to",
            "never", "the console says what codes mean, and what they are about, of every cluster");

    /// The templates that are parts of pages.
    static final Set<String> PARTS = Set.of(
            "layout.html",
            "parts.html",
            "panels.html",
            "edit-impact.html",
            "edit-parts.html",
            "wizard-parts.html",
            "pod-compare.html",
            "setup-parts.html");

    // of an address: {change} is a change's, {cell} one of the matrix's
    private static final String TABLE = """
            template              | address                               | NONE                 | READY                 | FILTERED                | PARTIAL | STALE | FORBIDDEN | FAILED | LOADING
            overview.html         | /                                     | No findings          | U22                   | all                     | yes     | yes   | yes       | yes    | yes
            trace.html            | /trace?from=lab/u1&to=lab/web:80      | There is no Pod      | Unreachable           | all                     | yes     | yes   | yes       | yes    | yes
            reachability.html     | /reachability                         | No Pods to ask for   | 10.233.0.0/18         | all                     | yes     | yes   | yes       | yes    | yes
            reachability-cell.html| {cell}                                | one                  | Download as CSV       | all                     | yes     | yes   | one       | yes    | one
            findings.html         | /findings                             | No findings          | U22                   | /findings?q=zzz         | yes     | yes   | yes       | yes    | yes
            finding.html          | /findings/U22                         | Not found here       | In this cluster       | all                     | yes     | yes   | yes       | yes    | yes
            workloads.html        | /findings/U22/workloads               | Not found here       | lab/u1                | all                     | yes     | yes   | yes       | yes    | yes
            topology.html         | /topology                             | Nothing to draw      | 10.6.0.0/16           | /topology?q=nobody      | yes     | yes   | yes       | yes    | yes
            pods.html             | /pods                                 | No Pods              | lab/u1                | /pods?q=nobody          | yes     | yes   | yes       | yes    | yes
            pod-summary.html      | /pods/lab/u1                          | one                  | lab/u1                | all                     | yes     | yes   | yes       | yes    | one
            pod-routes.html       | /pods/lab/u1/routes                   | one                  | MISSING               | all                     | yes     | yes   | yes       | yes    | one
            pod-services.html     | /pods/lab/u1/services                 | one                  | lab/web               | all                     | yes     | yes   | yes       | yes    | one
            pod-interfaces.html   | /pods/lab/u1/interfaces               | one                  | macvlan mode bridge   | all                     | yes     | yes   | yes       | yes    | one
            pod-events.html       | /pods/lab/u1/events                   | one                  | the Pod&#39;s object  | all                     | yes     | yes   | yes       | yes    | one
            pod-yaml.html         | /pods/lab/u1/yaml                     | one                  | kind: Pod             | all                     | yes     | yes   | yes       | yes    | one
            services.html         | /services                             | No Services          | lab/web               | /services?q=nobody      | yes     | yes   | yes       | yes    | yes
            service.html          | /services/lab/web                     | one                  | 10.233.42.25          | all                     | yes     | yes   | one       | yes    | one
            nodes.html            | /nodes                                | No nodes             | node1                 | /nodes?q=nobody         | yes     | yes   | yes       | yes    | yes
            node.html             | /nodes/node1                          | one                  | Table 500             | all                     | yes     | yes   | yes       | yes    | one
            coordinator.html      | /coordinator                          | No SpiderCoordinator | podCIDRType           | all                     | set     | set   | yes       | yes    | yes
            networks.html         | /networks                             | No networks          | macvlan-conf          | /networks?q=nobody      | set     | set   | yes       | yes    | yes
            network.html          | /networks/kube-system/macvlan-conf    | one                  | coordinator           | all                     | set     | set   | one       | yes    | one
            pools.html            | /pools                                | No IP pools          | v4-10-6               | /pools?q=nobody         | set     | set   | yes       | yes    | yes
            pool.html             | /pools/v4-10-6                        | one                  | v4-10-6               | all                     | set     | set   | asks      | asks   | one
            reservedips.html      | /reservedips                          | No reserved addresses| kept-for-routers      | all                     | set     | set   | yes       | yes    | yes
            changes.html          | /changes                              | No changes           | SpiderReservedIP      | /changes?q=what:removed | set     | set   | yes       | yes    | yes
            change.html           | {change}                              | one                  | What is different     | all                     | set     | set   | yes       | yes    | one
            edit.html             | /pools/v4-10-6/edit                   | one                  | v4-10-6               | all                     | set     | set   | asks      | asks   | one
            edit-review.html      | review                                | one                  | Review                | all                     | set     | set   | asks      | asks   | one
            wizard.html           | /networks/access?ns=lab&workload=u1   | A new SpiderMultus   | macvlan-conf          | all                     | set     | set   | yes       | yes    | yes
            unread.html           | /pools/v4-10-6                        | one                  | asks                  | all                     | set     | set   | can-i get | can-i  | one
            error.html            | /pods/lab/nobody                      | lab/nobody           | lab/nobody            | all                     | yes     | yes   | yes       | yes    | yes
            setup.html            | /setup                                | watched              | watched               | all                     | set     | set   | lists     | lists  | lists
            palette.html          | /palette?q=lab                        | Nothing fits         | lab/u1                | /palette?q=nobody       | found   | found | found     | found  | found
            recordings.html       | /recordings                           | Nothing is recorded  | Nothing is recorded   | all                     | fixed   | fixed | fixed     | fixed  | fixed
            views.html            | /views                                | No view is saved     | No view is saved      | all                     | own     | own   | own       | own    | own
            settings.html         | /settings                             | own                  | Time zone             | all                     | own     | own   | own       | own    | own
            signed-out.html       | /signed-out                           | own                  | own                   | all                     | own     | own   | own       | own    | own
            refused.html          | refused                               | own                  | own                   | all                     | own     | own   | own       | own    | own
            """;

    /// A page's row.
    ///
    /// @param address where it is; one word where LoginTest and EditPagesTest go there by a form
    /// @param cells by state
    record Row(String template, String address, Map<State, String> cells) {

        boolean can(State state) {
            return !REASONS.containsKey(cell(state));
        }

        String cell(State state) {
            return cells.getOrDefault(state, "");
        }
    }

    private PageStates() {}

    static List<Row> rows() {
        var lines = TABLE.lines().map(line -> line.split("\\|", -1)).toList();
        var names = lines.getFirst();
        return lines.stream()
                .skip(1)
                .map(cells -> {
                    var byState = Arrays.stream(State.values())
                            .collect(toMap(state -> state, state -> cells[column(names, state)].strip()));
                    return new Row(cells[0].strip(), cells[1].strip(), byState);
                })
                .toList();
    }

    private static int column(String[] names, State state) {
        return Arrays.stream(names).map(String::strip).toList().indexOf(state.name());
    }
}
