package dev.underpass.console.web;

import dev.underpass.diagnosis.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ClassPathResource;

/// The help page of a failure code, `codes/UNN.md` in the jar.
final class CodeHelp {

    private CodeHelp() {}

    /// A heading and its paragraphs; a paragraph that starts with four blanks is preformatted.
    record Section(String heading, List<Paragraph> paragraphs) {}

    /// One paragraph.
    record Paragraph(String text, boolean preformatted) {}

    /// The sections of a code's page; none when it has no page.
    static List<Section> of(Code code) {
        var resource = new ClassPathResource("codes/" + code + ".md");
        if (!resource.exists()) {
            return List.of();
        }
        try {
            return sections(resource.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("help page of " + code, e);
        }
    }

    private static List<Section> sections(String text) {
        var sections = new ArrayList<Section>();
        for (var block : text.split("\\n\\s*\\n", -1)) {
            var stripped = block.strip();
            if (stripped.startsWith("## ")) {
                sections.add(new Section(stripped.substring(3), new ArrayList<>()));
            } else if (!stripped.startsWith("# ") && !sections.isEmpty() && !stripped.isEmpty()) {
                boolean preformatted = block.startsWith("    ");
                sections.getLast()
                        .paragraphs()
                        .add(new Paragraph(preformatted ? block.stripIndent().strip() : stripped, preformatted));
            }
        }
        return sections;
    }
}
