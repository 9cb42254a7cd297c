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
                + "Test: " + test.getName() + place(test, failure) + "\n"
                + (done.isEmpty() ? "" : "What was done last:\n" + done + "\n")
                + "What came: " + Excerpt.of(came(failure)) + "\n"
                + "If this fails, check " + clause.hint() + ".";
        return new BrokenClause(clause, message, failure);
    }

    private static String came(Throwable failure) {
        if (!(failure instanceof AssertionError)) {
            return "this was thrown, where the clause wants no exception: " + failure;
        }
        return String.valueOf(failure.getMessage())
                .replace(
                        "Expecting code to raise a throwable.",
                        "The call returned, where the clause wants it refused by an exception.");
    }

    /** Where in the test, for who has the kit's sources at hand. */
    private static String place(Method test, Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            for (StackTraceElement frame : one.getStackTrace()) {
                if (frame.getClassName().equals(test.getDeclaringClass().getName())) {
                    return " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
                }
            }
        }
        return "";
    }

    public Clause clause() {
        return clause;
    }
}
