/// A whole cluster in network namespaces: built, broken, and held against what the engine predicts.
@NullMarked
package dev.underpass.lab;

import org.jspecify.annotations.NullMarked;
