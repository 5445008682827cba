package dev.underpass.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The names that the front end's build gave to its files.
@Component
class Assets {

    private final String script;
    private final List<String> styles = new ArrayList<>();

    Assets() throws IOException {
        try (InputStream manifest = new ClassPathResource("static/manifest.json").getInputStream()) {
            var entry = JsonMapper.builder().build().readTree(manifest).get("src/main.ts");
            this.script = "/assets/" + entry.get("file").asString();
            entry.path("css").forEach(css -> styles.add("/assets/" + css.asString()));
        }
    }

    String script() {
        return script;
    }

    List<String> styles() {
        return List.copyOf(styles);
    }
}
