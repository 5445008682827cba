/// Makes a bundle of what is known of the cluster now.
@NullMarked
package dev.underpass.console.capture;

import org.jspecify.annotations.NullMarked;
