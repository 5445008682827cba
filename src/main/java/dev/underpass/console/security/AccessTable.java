package dev.underpass.console.security;

import dev.underpass.console.security.Access.Does;
import dev.underpass.console.security.Access.Row;
import dev.underpass.console.security.Access.Who;
import java.util.List;
import org.springframework.http.HttpMethod;

/// The one table of who may do what. docs/operations.md shows it, and every route of the console has its row here.
final class AccessTable {

    private AccessTable() {}

    private static Row row(Who who, String what, HttpMethod method, String... paths) {
        return row(who, Does.LOOK, what, method, paths);
    }

    private static Row row(Who who, Does does, String what, HttpMethod method, String... paths) {
        return new Row(who, does, what, method, List.of(paths));
    }

    /// What can be changed and deleted.
    private static final String[] OBJECTS = {
        "/api/v1/coordinators/{name}",
        "/api/v1/ippools/{name}",
        "/api/v1/reservedips/{name}",
        "/api/v1/subnets/{name}",
        "/api/v1/multusconfigs/{namespace}/{name}"
    };

    static final List<Row> ROWS = List.of(
            row(Who.EVERYBODY, "scripts and styles", HttpMethod.GET, "/assets/**"),
            row(Who.EVERYBODY, "health, metrics", HttpMethod.GET, "/actuator/health/**", "/actuator/prometheus"),
            row(Who.EVERYBODY, "after a logout", HttpMethod.GET, "/signed-out"),
            // By the provider, which shows by its signature that it is.
            row(Who.EVERYBODY, "end somebody's login", HttpMethod.POST, BackChannel.PATH),
            row(Who.AGENT_OF_THE_NODE, "send a report", HttpMethod.PUT, "/api/v1/nodes/{node}/report"),
            row(Who.AGENT_OF_THE_NODE, "take commands", HttpMethod.GET, "/api/v1/nodes/{node}/commands"),
            row(Who.VIEWER, "look for causes", HttpMethod.GET, "/", "/palette", "/trace/{id}"),
            row(Who.VIEWER, Does.TRACE, "trace", HttpMethod.GET, "/trace", "/api/v1/trace"),
            row(
                    Who.VIEWER,
                    "look for causes",
                    HttpMethod.GET,
                    "/reachability",
                    "/reachability/{row}/{column}",
                    "/findings",
                    "/findings/{code}",
                    "/findings/{code}/workloads"),
            row(
                    Who.VIEWER,
                    "look at the cluster",
                    HttpMethod.GET,
                    "/topology",
                    "/services",
                    "/services/{namespace}/{name}",
                    "/nodes",
                    "/nodes/{name}",
                    "/pods",
                    "/pods/{namespace}/{name}",
                    "/pods/{namespace}/{name}/routes",
                    "/pods/{namespace}/{name}/services",
                    "/pods/{namespace}/{name}/interfaces",
                    "/pods/{namespace}/{name}/yaml"),
            row(
                    Who.VIEWER,
                    "look at the configuration",
                    HttpMethod.GET,
                    "/coordinator",
                    "/networks",
                    "/networks/{namespace}/{name}",
                    "/pools",
                    "/pools/{name}",
                    "/reservedips",
                    "/changes",
                    "/changes/{id}",
                    "/setup",
                    "/settings"),
            row(Who.VIEWER, Does.TRACE, "capture a bundle", HttpMethod.GET, "/api/v1/bundle"),
            row(Who.VIEWER, Does.TRACE, "keep a trace", HttpMethod.POST, "/trace/keep"),
            row(Who.VIEWER, "look at saved views", HttpMethod.GET, "/views", "/views/{id}"),
            row(Who.VIEWER, Does.WRITE, "save a view", HttpMethod.POST, "/views"),
            row(
                    Who.VIEWER,
                    Does.WRITE,
                    "rename, delete one's own view",
                    HttpMethod.POST,
                    "/views/{id}/rename",
                    "/views/{id}/delete"),
            row(Who.VIEWER, "one's own settings", HttpMethod.POST, "/settings"),
            row(
                    Who.VIEWER,
                    "read the API",
                    HttpMethod.GET,
                    "/api/v1/overview",
                    "/api/v1/nodes",
                    "/api/v1/nodes/{node}",
                    "/api/v1/nodes/{node}/report",
                    "/api/v1/pods",
                    "/api/v1/pods/{namespace}/{name}",
                    "/api/v1/pods/{namespace}/{name}/routes",
                    "/api/v1/pods/{namespace}/{name}/reachability",
                    "/api/v1/services",
                    "/api/v1/services/{namespace}/{name}",
                    "/api/v1/findings",
                    "/api/v1/matrix",
                    "/api/v1/topology",
                    "/api/v1/setup",
                    "/api/v1/journal",
                    "/api/v1/events",
                    "/api/v1/disagreements",
                    "/api/v1/probes/{id}",
                    "/api/v1/edits",
                    "/api/v1/edits/{id}",
                    "/v3/api-docs",
                    "/v3/api-docs.yaml"),
            row(
                    Who.VIEWER,
                    "read what is configured",
                    HttpMethod.GET,
                    "/api/v1/coordinators",
                    "/api/v1/coordinators/{name}",
                    "/api/v1/ippools",
                    "/api/v1/ippools/{name}",
                    "/api/v1/ippools/{name}/addresses",
                    "/api/v1/reservedips",
                    "/api/v1/reservedips/{name}",
                    "/api/v1/subnets",
                    "/api/v1/subnets/{name}",
                    "/api/v1/multusconfigs",
                    "/api/v1/multusconfigs/{namespace}/{name}"),
            row(Who.VIEWER, Does.TRACE, "ask what an edit would do", HttpMethod.POST, "/api/v1/what-if"),
            row(Who.VIEWER, Does.TRACE, "ask what a workload needs", HttpMethod.GET, "/networks/access"),
            row(Who.OPERATOR, Does.PROBE, "probe", HttpMethod.POST, "/trace/probe", "/api/v1/probes"),
            row(Who.OPERATOR, Does.PROBE, "have a node read anew", HttpMethod.POST, "/api/v1/nodes/{node}/read"),
            row(
                    Who.ADMIN,
                    Does.TRY,
                    "begin an edit",
                    HttpMethod.GET,
                    "/coordinator/new",
                    "/coordinator/{name}/edit",
                    "/coordinator/{name}/delete",
                    "/pools/new",
                    "/pools/{name}/edit",
                    "/pools/{name}/delete",
                    "/reservedips/new",
                    "/reservedips/{name}/edit",
                    "/reservedips/{name}/delete",
                    "/networks/new",
                    "/networks/{namespace}/{name}/edit",
                    "/networks/{namespace}/{name}/delete"),
            row(
                    Who.ADMIN,
                    Does.TRY,
                    "review an edit",
                    HttpMethod.POST,
                    "/coordinator/new",
                    "/coordinator/*/edit",
                    "/coordinator/*/review",
                    "/coordinator/*/rebase",
                    "/pools/new",
                    "/pools/*/edit",
                    "/pools/*/review",
                    "/pools/*/rebase",
                    "/reservedips/new",
                    "/reservedips/*/edit",
                    "/reservedips/*/review",
                    "/reservedips/*/rebase",
                    "/networks/new",
                    "/networks/new/review",
                    "/networks/*/*/edit",
                    "/networks/*/*/review",
                    "/networks/*/*/rebase"),
            row(
                    Who.ADMIN,
                    Does.WRITE,
                    "edit",
                    HttpMethod.POST,
                    "/coordinator/*/apply",
                    "/pools/*/apply",
                    "/reservedips/*/apply",
                    "/networks/new/apply",
                    "/networks/*/*/apply"),
            row(
                    Who.ADMIN,
                    Does.WRITE,
                    "take an edit back",
                    HttpMethod.POST,
                    "/changes/{id}/undo",
                    "/api/v1/edits/{id}/undo"),
            row(
                    Who.ADMIN,
                    Does.WRITE,
                    "create",
                    HttpMethod.POST,
                    "/api/v1/coordinators",
                    "/api/v1/coordinators/{name}",
                    "/api/v1/ippools",
                    "/api/v1/ippools/{name}",
                    "/api/v1/reservedips",
                    "/api/v1/reservedips/{name}",
                    "/api/v1/subnets",
                    "/api/v1/subnets/{name}",
                    "/api/v1/multusconfigs",
                    "/api/v1/multusconfigs/{namespace}/{name}"),
            row(Who.ADMIN, Does.WRITE, "change", HttpMethod.PUT, OBJECTS),
            row(Who.ADMIN, Does.WRITE, "delete", HttpMethod.DELETE, OBJECTS));
}
