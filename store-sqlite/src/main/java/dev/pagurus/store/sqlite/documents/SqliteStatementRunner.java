package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.sqlite.connect.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Runs the statements of a search. */
@FunctionalInterface
public interface SqliteStatementRunner {

    /** Runs one; the caller closes the result. */
    ResultSet query(Sql sql) throws SQLException;
}
