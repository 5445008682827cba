/// The REST API, `/api/v1`.
@NullMarked
package dev.underpass.console.api;

import org.jspecify.annotations.NullMarked;
