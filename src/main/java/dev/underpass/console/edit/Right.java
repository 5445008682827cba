package dev.underpass.console.edit;

/// What somebody would do in the cluster.
///
/// @param verb of the API, such as `patch`
/// @param namespace empty for an object of the cluster
/// @param name empty for one that is to be created
public record Right(String verb, EditedKind kind, String namespace, String name) {}
