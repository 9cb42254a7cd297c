package dev.pagurus.store.tck.watch;

/** What became of a clause. */
public enum ClauseResult {
    /** All of its tests that apply have passed. */
    PASSED("PASSED"),
    /** A test has failed. */
    FAILED("FAILED"),
    /** A test has failed, and a waiver says why that is accepted. */
    WAIVED("WAIVED"),
    /** The store does not declare the capability that its tests need. */
    NOT_APPLICABLE("NOT APPLICABLE"),
    /** A test was left out, or could not run for want of something. */
    NOT_RUN("NOT RUN");

    private final String shown;

    ClauseResult(String shown) {
        this.shown = shown;
    }

    /** Returns the words that reports show. */
    @Override
    public String toString() {
        return shown;
    }
}
