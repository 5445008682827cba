package dev.underpass.console.edit;

import static java.util.stream.Collectors.toMap;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// The SpiderIPPools as the API or the bundle has them, for those who show them.
@Component
public class StoredPools {

    private final Stored stored;

    StoredPools(Stored stored) {
        this.stored = stored;
    }

    /// The pool with its status.
    ///
    /// @throws NotFoundException if there is none of this name
    /// @throws RefusedException if it cannot be read
    public ObjectNode pool(String name) {
        return stored.object(ObjectRef.of(EditedKind.IP_POOL, name));
    }

    /// All pools by name.
    ///
    /// @throws RefusedException if they cannot be listed
    public Map<String, ObjectNode> all() {
        return stored.all(EditedKind.IP_POOL).stream()
                .collect(toMap(
                        pool -> pool.path("metadata").path("name").asString(""), pool -> pool, (first, _) -> first));
    }
}
