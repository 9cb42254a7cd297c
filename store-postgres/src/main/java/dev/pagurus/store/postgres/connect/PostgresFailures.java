package dev.pagurus.store.postgres.connect;

import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** What a failure is, where its SQLSTATE alone does not tell. */
final class PostgresFailures {

    /** The standard's own: it is not known whether a statement was completed. Servers do not send it. */
    private static final String UNKNOWN = "40003";

    private static final String INTERNAL = "XX000";

    private PostgresFailures() {}

    /** Says of a server without memory whether it is the room for notes of what transactions read; it names that in any language. */
    static boolean isOfFullNotes(SQLException e) {
        return String.valueOf(e.getMessage()).contains("max_pred_locks_per_transaction");
    }

    /**
     * Says whether a plan that the server has kept must not return other types. Its message is translated, but what found it
     * is not; that the driver tells, by methods of its own.
     */
    static boolean isOfOldPlan(SQLException e) {
        if (!"0A000".equals(e.getSQLState())) {
            return false;
        }
        try {
            Object server = e.getClass().getMethod("getServerErrorMessage").invoke(e);
            return server != null
                    && "RevalidateCachedQuery"
                            .equals(server.getClass().getMethod("getRoutine").invoke(server));
        } catch (ReflectiveOperationException other) {
            // Not the driver's own failure, or a program without reflection.
            return String.valueOf(e.getMessage()).contains("cached plan must not change result type");
        }
    }

    /**
     * Returns what the failure of a commit is. PostgreSQL itself says what it is. A server that commits on another one, as
     * Citus does, only says that this failed: if the other one has refused, there is a warning that says why, and nothing has
     * happened. If there is none, nobody knows.
     *
     * @param warnings those that came before it
     */
    static SQLException ofCommit(SQLException e, @Nullable SQLWarning warnings) {
        if (!isInternal(e)) {
            return e;
        }
        for (SQLWarning one = warnings; one != null; one = one.getNextWarning()) {
            String state = String.valueOf(one.getSQLState());
            if (state.equals("40001") || state.equals("40P01")) {
                return new SQLException(one.getMessage(), state, e);
            }
        }
        return new SQLException(e.getMessage(), UNKNOWN, e);
    }

    static boolean isInternal(SQLException e) {
        return INTERNAL.equals(e.getSQLState());
    }

    static boolean isOfUnknownCommit(SQLException e) {
        return UNKNOWN.equals(e.getSQLState());
    }
}
