/// The Kubernetes API that tests talk to: a small fake of it, or a real one.
@NullMarked
package dev.underpass.kubeapi;

import org.jspecify.annotations.NullMarked;
