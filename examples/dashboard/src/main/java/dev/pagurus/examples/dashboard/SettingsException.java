package dev.pagurus.examples.dashboard;

/** The environment is wrong; the message says what to change. */
final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }
}
