package dev.underpass.console.edit;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The edits that were made with this console, for those who show them.
@Component
public class EditHistory {

    private final EditLog log;
    private final EditCalls calls;

    EditHistory(EditLog log, EditCalls calls) {
        this.log = log;
        this.calls = calls;
    }

    /// Those that are remembered, the newest first.
    public List<EditView> newestFirst() {
        return log.newestFirst().stream().map(EditView::of).toList();
    }

    /// One edit.
    ///
    /// @throws NotFoundException if there is none of this id, or it is forgotten
    public EditView edit(String id) {
        return EditView.of(log.entry(id));
    }

    /// Takes an edit back.
    ///
    /// @return the id of the edit that did it
    /// @throws RefusedException as an error, if the API or the rules refuse, or others changed the same since
    public Mono<String> undo(String id, ServerWebExchange exchange) {
        return calls.undo(id, EditRequest.of(exchange, null, false, false))
                .map(answer -> String.valueOf(answer.getHeaders().getFirst(Answers.EDIT)));
    }
}
