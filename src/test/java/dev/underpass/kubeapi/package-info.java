/// A Kubernetes API for tests, which lists and watches as captures of a real one show.
@NullMarked
package dev.underpass.kubeapi;

import org.jspecify.annotations.NullMarked;
