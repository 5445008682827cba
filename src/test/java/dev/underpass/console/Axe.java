package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/// What axe has against a page. Its own builder for Playwright is not used: it asks for all that is right too, which
/// takes several times as long.
public final class Axe {

    private static final Map<String, Object> ALL =
            Map.of("type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"));

    /// Of these, the rules whose outcome depends on colours.
    private static final Map<String, Object> COLOURS =
            Map.of("type", "rule", "values", List.of("color-contrast", "link-in-text-block"));

    private static final String SOURCE = Scripts.read("/axe.min.js");
    private static final String VIOLATIONS = """
            rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: false}).then(results =>
              results.violations.map(each => `${each.id}: ${each.help} ${each.nodes.map(node => node.html)}`))
            """;

    private Axe() {}

    /// The rules that a page breaks, and where.
    public static List<?> violations(Page page) {
        return violations(page, ALL);
    }

    /// What is wrong with a page's colours, after the other rules were looked at in other colours.
    static List<?> colourViolations(Page page) {
        return violations(page, COLOURS);
    }

    private static List<?> violations(Page page, Map<String, Object> rules) {
        assertThat(page.frames()).as("axe looks at one frame").hasSize(1);
        if (Boolean.FALSE.equals(page.evaluate("'axe' in window"))) {
            page.evaluate(SOURCE);
        }
        return (List<?>) page.evaluate(VIOLATIONS, rules);
    }
}
