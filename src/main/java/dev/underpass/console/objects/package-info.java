/// Kubernetes objects as JSON or YAML, read into the core's records: the same way from a bundle and from the API.
@NullMarked
package dev.underpass.console.objects;

import org.jspecify.annotations.NullMarked;
