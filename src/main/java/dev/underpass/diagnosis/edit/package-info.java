/// What is wrong with a proposed edit of the network's resources, field by field, before anybody makes it.
@NullMarked
package dev.underpass.diagnosis.edit;

import org.jspecify.annotations.NullMarked;
