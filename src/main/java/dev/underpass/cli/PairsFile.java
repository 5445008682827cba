package dev.underpass.cli;

import dev.underpass.cli.CheckCommand.Question;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The file of `--pairs`: a JSON list, or an object with a list `pairs`.
final class PairsFile {

    private PairsFile() {}

    static List<Question> read(Path file, Loaded loaded) throws BadInputException {
        var list = list(file);
        var questions = new ArrayList<Question>();
        for (int i = 0; i < list.size(); i++) {
            var place = "pairs[" + i + "]";
            try {
                var fields = Fields.of(list.get(i), place);
                var to = fields.object("to");
                var address = to.value("address", IpAddress::parse).unmapped();
                int port = to.integer("port", 0);
                if (port < 1 || port > 65535) {
                    throw to.error("port", "not a port: " + port);
                }
                var protocol = to.value("protocol", Protocol.TCP, Protocol::parse);
                var pod = loaded.pod("%s: %s.from".formatted(file, place), fields.text("from"));
                questions.add(new Question(pod, loaded.analysis().target(address, port, protocol)));
            } catch (ReportFormatException e) {
                throw new BadInputException(file + ": " + e.getMessage());
            }
        }
        return questions;
    }

    private static JsonNode list(Path file) throws BadInputException {
        JsonNode root;
        try {
            root = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        } catch (JacksonException e) {
            var location = e.getLocation();
            var line = location == null ? "" : "line %d: ".formatted(location.getLineNr());
            throw new BadInputException("%s: %snot JSON: %s".formatted(file, line, e.getOriginalMessage()));
        }
        var list = root.isObject() ? root.path("pairs") : root;
        if (!list.isArray()) {
            throw new BadInputException(file + ": neither a list nor an object with a list 'pairs'");
        }
        return list;
    }
}
