/// Tells streams of clients what happens: new analyses, findings, reports, probes.
@NullMarked
package dev.underpass.console.events;

import org.jspecify.annotations.NullMarked;
