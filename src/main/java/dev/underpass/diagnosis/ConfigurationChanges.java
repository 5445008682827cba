package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.diagnosis.ConfigurationChange.FieldChange;
import dev.underpass.diagnosis.ConfigurationChange.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// Finds what is different in the network configuration of two snapshots.
public final class ConfigurationChanges {

    private ConfigurationChanges() {}

    /// The changes by kind and name; kinds that could not be read in either snapshot are left out.
    public static List<ConfigurationChange> between(ClusterSnapshot before, ClusterSnapshot after) {
        if (before.spiderpool().equals(after.spiderpool())
                && before.cni().equals(after.cni())
                && before.unobserved().equals(after.unobserved())) {
            return List.of();
        }
        var old = ConfigurationFields.of(before);
        var now = ConfigurationFields.of(after);
        var keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        var changes = new ArrayList<ConfigurationChange>();
        for (var key : keys) {
            boolean read = before.observes(key.resource()) && after.observes(key.resource());
            var was = old.get(key);
            var is = now.get(key);
            if (read && !Objects.equals(was, is)) {
                var what = was == null ? What.ADDED : is == null ? What.REMOVED : What.EDITED;
                changes.add(change(key, what, was == null ? Map.of() : was, is == null ? Map.of() : is));
            }
        }
        return changes;
    }

    private static ConfigurationChange change(
            ConfigurationFields.Key key, What what, Map<String, String> was, Map<String, String> is) {
        var names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        var fields = names.stream()
                .filter(name -> !Objects.equals(was.get(name), is.get(name)))
                .map(name -> new FieldChange(name, was.get(name), is.get(name)))
                .toList();
        return new ConfigurationChange(key.kind(), key.name(), what, fields);
    }
}
