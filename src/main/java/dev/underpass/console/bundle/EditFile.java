package dev.underpass.console.bundle;

import dev.underpass.console.objects.EditedObjects;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads edits from a file: manifests as for `kubectl apply`, or `{"resources": [], "delete": []}`; YAML or JSON.
public final class EditFile {

    private EditFile() {}

    /// The edits.
    ///
    /// @throws BundleException naming the file, the place and the reason
    public static EditedObjects read(Path file) throws BundleException {
        var name = file.toString();
        var objects = new ArrayList<Fields>();
        try {
            for (var document : Documents.read(name, Files.readAllBytes(file))) {
                objects.add(Fields.of(document.node(), document.place()));
            }
            if (objects.isEmpty()) {
                throw new BundleException(name, "holds no object");
            }
            boolean body = objects.size() == 1
                    && (objects.getFirst().has("resources")
                            || objects.getFirst().has("delete"));
            return body ? EditedObjects.of(objects.getFirst()) : new EditedObjects(objects, List.of());
        } catch (ReportFormatException e) {
            throw new BundleException(name, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new BundleException(name, "cannot be read: " + e);
        }
    }
}
