package dev.pagurus.examples.dashboard.web;

/** The request is wrong; the message says to its sender what, and echoes nothing of it. */
final class BadRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message);
    }
}
