package dev.underpass.console.bundle;

/// A bundle that cannot be read. The message names the file, the place in it and the reason.
public final class BundleException extends Exception {

    private static final long serialVersionUID = 1;

    public BundleException(String file, String reason) {
        super(file + ": " + reason);
    }
}
