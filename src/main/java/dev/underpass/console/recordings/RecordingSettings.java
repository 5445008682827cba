package dev.underpass.console.recordings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where recordings are, and how many.
///
/// @param directory absent where nothing is recorded
/// @param every from one recording to the next
/// @param whole how long all of them are kept; of older ones, one an hour
/// @param keep how long any is kept
/// @param most how much room they may take together
@ConfigurationProperties(prefix = RecordingSettings.PREFIX, ignoreUnknownFields = false)
public record RecordingSettings(
        @Nullable Path directory,
        @DefaultValue("10m") Duration every,
        @DefaultValue("1d") Duration whole,
        @DefaultValue("14d") Duration keep,
        @DefaultValue("1GB") DataSize most) {

    static final String PREFIX = "underpass.recordings";

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public RecordingSettings {
        directory = directory == null || directory.toString().isBlank() ? null : directory;
        if (every.compareTo(LEAST) < 0 || every.compareTo(LONGEST) > 0) {
            throw wrong("every", every + " is not between " + LEAST + " and " + LONGEST);
        }
        if (whole.isNegative() || keep.compareTo(whole) < 0) {
            throw wrong("keep", keep + " is shorter than " + whole + ", for which all are kept");
        }
        if (most.toBytes() <= 0) {
            throw wrong("most", most + " is no room");
        }
        if (directory != null && !(Files.isDirectory(directory) && Files.isWritable(directory))) {
            throw wrong("directory", directory + " is no directory that can be written to");
        }
    }

    private static IllegalArgumentException wrong(String name, String why) {
        return new IllegalArgumentException(PREFIX + "." + name + ": " + why);
    }
}
