package dev.pagurus.examples.dashboard;

/** The database is empty, but the file that was used before is not. */
final class ForgottenDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForgottenDataException(String message) {
        super(message);
    }
}
