package dev.underpass.console.mutes;

/// A mute as JSON.
///
/// @param by who muted it; empty where nobody logs in
/// @param until when it ends by itself
public record MuteView(String reason, String by, String at, String until) {

    public static MuteView of(Mark mark) {
        return new MuteView(
                mark.reason(), mark.who(), mark.at().toString(), mark.until().toString());
    }
}
