package dev.underpass.cli;

import picocli.CommandLine.IVersionProvider;

/// The version that the jar was built as.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"underpass " + number()};
    }

    /// The number alone.
    static String number() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
