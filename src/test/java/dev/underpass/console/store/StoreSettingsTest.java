package dev.underpass.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.Recordings;
import dev.underpass.console.ConsoleApplication;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// A store that cannot be meant ends the start, and says which setting is wrong.
@ExtendWith(OutputCaptureExtension.class)
class StoreSettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --underpass.store=mongo                                        | underpass.store       | neither memory nor redis
            --underpass.store=redis                                        | spring.data.redis.url | such as redis://redis:6379
            --underpass.store=redis --spring.data.redis.url=http://x:6379  | http://x:6379         | redis
            """)
    void endsTheStart(String options, String setting, String reason, CapturedOutput output) {
        var all = Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--management.server.port=0",
                                "--underpass.source=bundle:" + Recordings.path("hijack-route-deleted")),
                        Stream.of(options.split(" +")))
                .toArray(String[]::new);

        assertThatThrownBy(() -> new SpringApplicationBuilder(ConsoleApplication.class)
                        .run(all)
                        .close())
                .isInstanceOf(RuntimeException.class);

        assertThat(output.getAll()).contains("APPLICATION FAILED TO START", setting, reason);
    }
}
