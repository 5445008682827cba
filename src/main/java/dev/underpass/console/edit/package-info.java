/// Edits of the network's resources in the live cluster: checked, guarded against other people's, recorded, undone.
@NullMarked
package dev.underpass.console.edit;

import org.jspecify.annotations.NullMarked;
