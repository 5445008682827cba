/// Arranges what an analysis says for the eye: lanes, tiles, rollups that always add up, and the edges between them.
@NullMarked
package dev.underpass.topology;

import org.jspecify.annotations.NullMarked;
