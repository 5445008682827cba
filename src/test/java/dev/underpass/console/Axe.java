package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/// What axe has against a page. Its own builder for Playwright is not used: it asks for all that is right too, which
/// takes several times as long.
public final class Axe {

    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final String SOURCE = Scripts.read("/axe.min.js");
    private static final String VIOLATIONS = """
            rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']}).then(results =>
              results.violations.map(each => `${each.id}: ${each.help} ${each.nodes.map(node => node.html)}`))
            """;

    private Axe() {}

    /// The rules that a page breaks, and where.
    public static List<?> violations(Page page) {
        assertThat(page.frames()).as("axe looks at one frame").hasSize(1);
        if (Boolean.FALSE.equals(page.evaluate("'axe' in window"))) {
            page.evaluate(SOURCE);
        }
        return (List<?>) page.evaluate(VIOLATIONS, RULES);
    }
}
