package dev.underpass.kubeapi;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What a write answers.
///
/// @param warnings such as `unknown field "spec.hostRPFilter"`
record Written(int code, ObjectNode object, List<String> warnings) {}
