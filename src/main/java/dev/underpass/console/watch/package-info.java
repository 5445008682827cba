/// The Kubernetes API as the console uses it; the only package that knows its client.
@NullMarked
package dev.underpass.console.watch;

import org.jspecify.annotations.NullMarked;
