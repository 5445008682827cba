/// Real connections from inside of Pods, to hold predictions against.
@NullMarked
package dev.underpass.agent.probe;

import org.jspecify.annotations.NullMarked;
