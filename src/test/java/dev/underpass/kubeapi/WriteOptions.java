package dev.underpass.kubeapi;

/// How a write is meant.
///
/// @param dryRun whether to answer what would be stored, and store nothing
/// @param manager who then manages the fields
/// @param force whether an apply takes fields from other managers
/// @param fieldValidation of unknown fields: `Strict` refuses them, `Warn` names them, `Ignore`
record WriteOptions(boolean dryRun, String manager, boolean force, String fieldValidation) {

    static WriteOptions of(Query query, String userAgent) {
        var manager = query.text("fieldManager");
        return new WriteOptions(
                query.text("dryRun").equals("All"),
                manager.isEmpty() ? userAgent.split("/", 2)[0] : manager,
                query.is("force"),
                query.text("fieldValidation").isEmpty() ? "Warn" : query.text("fieldValidation"));
    }
}
