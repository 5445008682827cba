package dev.underpass.console;

/// Something that a page or an API call names is not in the cluster.
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public NotFoundException(String what) {
        super(what);
    }
}
