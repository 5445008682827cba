package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Selectors and routes as lines: each that can be shown so is the same when it is read again.
class FieldLinesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            app=web                   | {"matchLabels":{"app":"web"}}
            app=                      | {"matchLabels":{"app":""}}
            example.org/app=web;b=c   | {"matchLabels":{"example.org/app":"web","b":"c"}}
            tier in (a, b)            | {"matchExpressions":[{"key":"tier","operator":"In","values":["a","b"]}]}
            tier notin (a)            | {"matchExpressions":[{"key":"tier","operator":"NotIn","values":["a"]}]}
            canary;!old               | {"matchExpressions":[{"key":"canary","operator":"Exists"},{"key":"old","operator":"DoesNotExist"}]}
            app=web;tier in (, a)     | {"matchLabels":{"app":"web"},"matchExpressions":[{"key":"tier","operator":"In","values":["","a"]}]}
            """)
    void aSelectorIsWrittenAndReadAsKubectlTakesIt(String lines, String selector) {
        var text = lines.replace(';', '\n');

        assertThat(FieldLines.selector((ObjectNode) JSON.readTree(selector))).isEqualTo(text);
        assertThat(FieldLines.selector(text)).hasToString(selector);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            app == web, tier in (a,b),!x | {"matchLabels":{"app":"web"},"matchExpressions":[{"key":"tier","operator":"In","values":["a","b"]},{"key":"x","operator":"DoesNotExist"}]}
            app != web                   | {"matchExpressions":[{"key":"app","operator":"NotIn","values":["web"]}]}
            app=web;app=api              | {"matchLabels":{"app":"web"},"matchExpressions":[{"key":"app","operator":"In","values":["api"]}]}
            app web                      | "app web"
            app in web                   | "app in web"
            a=b=c                        | "a=b=c"
            {not json                    | "{not json"
            {}                           | {}
            """)
    void whatIsTypedIsUnderstoodOrKept(String lines, String selector) {
        assertThat(FieldLines.selector(lines.replace(';', '\n'))).hasToString(selector);
    }

    /// What no line can say is shown as it is, and is the same when it is read again.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"matchLabels\":{\"a b\":\"c\"}}",
                "{\"matchLabels\":{\"a\":7}}",
                "{\"matchLabels\":{\"a\":\"b\"},\"other\":1}",
                "{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\"}]}",
                "{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Exists\",\"values\":[\"b\"]}]}",
                "{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Like\",\"values\":[\"b\"]}]}",
                "{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\",\"values\":[\"b,c\"]}]}"
            })
    void nothingOfASelectorIsLost(String selector) {
        var text = FieldLines.selector((ObjectNode) JSON.readTree(selector));

        assertThat(text).isEqualTo(selector);
        assertThat(FieldLines.selector(text)).hasToString(selector);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            10.0.0.0/8 via 10.6.0.1                            | [{"dst":"10.0.0.0/8","gw":"10.6.0.1"}]
            10.0.0.0/8 via 10.6.0.1;fd00::/8 via fd00:6::1     | [{"dst":"10.0.0.0/8","gw":"10.6.0.1"},{"dst":"fd00::/8","gw":"fd00:6::1"}]
            nonsense                                           | ["nonsense"]
            {"dst":"10.0.0.0/8"}                               | [{"dst":"10.0.0.0/8"}]
            {"dst":"10.0.0.0/8","gw":"10.6.0.1","metric":"7"}  | [{"dst":"10.0.0.0/8","gw":"10.6.0.1","metric":"7"}]
            """)
    void routesAreLines(String lines, String routes) {
        var text = lines.replace(';', '\n');

        assertThat(FieldLines.routes((ArrayNode) JSON.readTree(routes))).isEqualTo(text);
        assertThat(FieldLines.routesOf(text)).hasToString(routes);
    }
}
