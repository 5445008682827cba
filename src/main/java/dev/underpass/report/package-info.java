/// The NodeReport that agents send and bundles hold, and its JSON codec.
///
/// Names follow iproute2's JSON (`ip -j`); see docs/contracts in the project's documentation.
@NullMarked
package dev.underpass.report;

import org.jspecify.annotations.NullMarked;
