package dev.underpass.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {

    @Test
    void readsTheTreeThatTheMapperReads() {
        var text = """
                {"nftables": [{"rule": {"handle": 7, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "l4proto"}},
                "right": 4294967296}}, {"drop": null}], "no": [], "yes": true, "not": false, "half": 0.5,
                "big": 18446744073709551616, "empty": {}, "twice": 1, "twice": 2}}]}""";

        assertThat(new JsonText(text).tree())
                .isEqualTo(JsonMapper.builder().build().readValue(text, java.util.Map.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null", "{", "{\"a\": }", "{} {}", "{\"a\": [1, 2}"})
    void refusesWhatIsNoObject(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonText(text).tree());
    }
}
