package dev.pagurus.store.tck.watch;

import org.opentest4j.TestAbortedException;

/** Ends a test that neither passes nor fails; JUnit shows it as skipped, with the reason. */
public final class Unproved extends TestAbortedException {

    private static final long serialVersionUID = 1L;

    private final ClauseResult result;

    private Unproved(ClauseResult result, String reason) {
        super(result + ": " + reason);
        this.result = result;
    }

    /** The store lacks a capability that the test needs. */
    public static Unproved notApplicable(String reason) {
        return new Unproved(ClauseResult.NOT_APPLICABLE, reason);
    }

    /** The fixture does not supply what the test needs. */
    static Unproved notRun(String reason) {
        return new Unproved(ClauseResult.NOT_RUN, reason);
    }

    /** What it leaves of the clause. */
    public ClauseResult result() {
        return result;
    }
}
