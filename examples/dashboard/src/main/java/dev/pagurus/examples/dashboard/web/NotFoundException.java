package dev.pagurus.examples.dashboard.web;

/** What the path names is not there. */
final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotFoundException(String message) {
        super(message);
    }
}
