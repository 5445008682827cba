/// An OpenID Connect provider for tests.
@NullMarked
package dev.underpass.oidc;

import org.jspecify.annotations.NullMarked;
