package dev.underpass.console.objects;

import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;

/// A kind of Kubernetes object that matters to the analysis, and how it becomes a record.
///
/// @param group the API group; empty for the core's
/// @param plural the resource's name in URLs and RBAC rules
/// @param reader what makes the record
public record Kind<T>(
        String group, String version, String plural, String kind, boolean namespaced, Fields.Reader<T> reader) {

    /// The kind's name as people and RBAC write it: `spidercoordinators.spiderpool.spidernet.io`.
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// `v1`, or `group/version`.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// The path of all of its objects, of whatever namespace.
    public String path() {
        return (group.isEmpty() ? "/api/" : "/apis/") + apiVersion() + "/" + plural;
    }

    /// Where the object stands among those of its kind: `namespace/name`, or the name.
    public String key(Fields object) throws ReportFormatException {
        var metadata = object.object("metadata");
        var name = metadata.text("name");
        return namespaced ? metadata.text("namespace", "default") + "/" + name : name;
    }

    @Override
    public String toString() {
        return kind;
    }
}
