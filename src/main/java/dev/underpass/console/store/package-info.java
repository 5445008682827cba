/// What the replicas of one console share: nothing where it is alone, or by Redis.
@NullMarked
package dev.underpass.console.store;

import org.jspecify.annotations.NullMarked;
