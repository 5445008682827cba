package dev.underpass.cli;

/// The version that the jar was built as.
final class VersionNumber {

    private VersionNumber() {}

    static String text() {
        var version = VersionNumber.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
