package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.TestClock;
import dev.underpass.console.store.Store;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses under names.
class SavedViewsTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-11-28T08:00:00Z"));
    private final SavedViews views = new SavedViews(clock, Store.ALONE);

    private SavedView saved(String name) {
        return views.save(name, "/pods?q=ns:lab", "li");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/pods",
                "/pods?q=verdict:unreachable%20ns:lab",
                "/pods/lab/u1/routes?dst=10.0.0.1",
                "/trace?from=lab/u1&to=lab/web:80",
                "/topology?level=node&id=n1",
                "/reachability/a/b",
                "/networks/access?step=mode&ns=lab"
            })
    void takesPagesThatShowSomething(String to) {
        assertThat(views.save("x", to, "").to()).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pods",
                "//evil.example/pods",
                "/\\evil.example",
                "https://evil.example/pods",
                "javascript:alert(1)",
                "/pods\r\nSet-Cookie: a=b",
                "/pods?q=\u202e",
                "/logout",
                "/views",
                "/api/v1/pods",
                "/login/oauth2/code/x",
                "/pools/new",
                "/pools/v4/edit",
                "/pools/v4/delete?x=y",
                "/..//evil.example"
            })
    void refusesWhatIsNoPageThatShowsSomething(String to) {
        assertThatThrownBy(() -> views.save("x", to, ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("foreign");
        assertThat(views.all()).isEmpty();
    }

    @Test
    void refusesNamesThatNobodyCanTell() {
        assertThatThrownBy(() -> saved(" ")).hasMessage("missing");
        assertThatThrownBy(() -> saved("x".repeat(101))).hasMessage("longer");
        assertThatThrownBy(() -> saved("a\nb")).hasMessage("unseen");
        assertThatThrownBy(() -> saved("a\u202eb")).hasMessage("unseen");
        assertThat(saved("<b>Σ 网络 & 'more'</b>").name()).isEqualTo("<b>Σ 网络 & 'more'</b>");
    }

    @Test
    void aNameIsTakenOnceByEachOwner() {
        var first = saved("mine");

        assertThatThrownBy(() -> saved(" mine ")).hasMessage("taken");
        assertThat(views.save("mine", "/pods", "wang").owner()).isEqualTo("wang");
        assertThat(views.rename(first, "mine").name()).isEqualTo("mine");
        var second = saved("other");
        assertThatThrownBy(() -> views.rename(second, "mine")).hasMessage("taken");
    }

    @Test
    void aDeletedOneIsGone() {
        var view = saved("mine");
        views.delete(view);

        assertThat(views.all()).isEmpty();
        assertThatThrownBy(() -> views.view(view.id())).isInstanceOf(NotFoundException.class);
        assertThat(saved("mine").id()).isNotEqualTo(view.id());
    }

    @Test
    void isBoundedForEachAndForAll() {
        for (int i = 0; i < SavedViews.MOST_OF_ONE; i++) {
            saved("view " + i);
        }
        assertThatThrownBy(() -> saved("one more")).hasMessage("fullOfOwn");
        for (int i = SavedViews.MOST_OF_ONE; i < SavedViews.MOST; i++) {
            views.save("view " + i, "/pods", "owner " + i);
        }
        assertThatThrownBy(() -> views.save("one more", "/pods", "another")).hasMessage("full");
    }

    @Test
    void replicasComeToTheSameInWhateverOrderTheyHear() {
        var view = saved("mine");
        var first = views.held().getFirst();
        var renamed = views.rename(view, "ours");
        var second = views.held().getFirst();
        views.delete(renamed);
        var third = views.held().getFirst();

        for (var order : List.of(List.of(first, second, third), List.of(third, second, first))) {
            var other = new SavedViews(clock, Store.ALONE);
            order.forEach(other::hear);
            assertThat(other.all()).isEmpty();
        }
        var other = new SavedViews(clock, Store.ALONE);
        List.of(second, first).forEach(other::hear);
        assertThat(other.all()).extracting(SavedView::name).containsExactly("ours");
    }
}
