package dev.pagurus.examples.cli;

/** What the command line itself refuses: what is wrong, and what to do. Shown without a trace. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;
    private final int code;

    /**
     * Makes one.
     *
     * @param advice a sentence of its own
     * @param code what the program exits with
     */
    Refused(int code, String what, String advice) {
        super(what);
        this.advice = advice;
        this.code = code;
    }

    String advice() {
        return advice;
    }

    int code() {
        return code;
    }
}
