package dev.pagurus.store.sqlite.documents;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Makes a chunk of what a scan finds.
 *
 * @param <C> what is made
 */
interface SqliteTaker<C> {

    /** Returns how many rows to ask for. */
    int limit();

    /** Says whether the next row that was found has room. */
    boolean hasRoom();

    /** Takes a row that has room. */
    void take(ResultSet row) throws SQLException;

    C build();
}
