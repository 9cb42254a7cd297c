package dev.pagurus.store.tck.watch;

import dev.pagurus.store.tck.Clause;
import java.lang.reflect.Method;

/** Says which clause is broken, and how. */
public final class BrokenClause extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final Clause clause;

    private BrokenClause(Clause clause, String message, Throwable cause) {
        super(message, cause);
        this.clause = clause;
    }

    /** Makes one of whatever ended a test that proves the clause. */
    public static BrokenClause of(Clause proved, Method test, String done, Throwable failure) {
        Clause clause = failure instanceof LeftBehind left ? left.clause() : proved;
        String message = "contract clause " + clause + " is broken: " + clause.sentence() + "\n"
                + "Test: " + test.getName() + "\n"
                + (done.isEmpty() ? "" : "What was done last:\n" + done + "\n")
                + "What came: " + (failure instanceof AssertionError ? failure.getMessage() : failure) + "\n"
                + "If this fails, check " + clause.hint() + ".";
        return new BrokenClause(clause, message, failure);
    }

    public Clause clause() {
        return clause;
    }
}
