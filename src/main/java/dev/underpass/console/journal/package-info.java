/// Remembers what changed in the cluster's network configuration, and which Pods are older than that.
@NullMarked
package dev.underpass.console.journal;

import org.jspecify.annotations.NullMarked;
