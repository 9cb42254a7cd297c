package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into several ways by turns, each time a little further, until the shortest one is known. */
final class SqliteLooks implements AutoCloseable {

    /** An entry of an index costs a search in the table; going through the table costs a quarter of that, or less. */
    private static final int TABLE_IS_CHEAPER = 4;

    /** Less is not worth asking how large the table is. */
    private static final int SMALL = 1000;

    private final SqliteStatementRunner runner;
    private final CollectionDefinition collection;
    private final List<IndexPath> ways;
    private final List<SqliteLook> looks = new ArrayList<>();
    private long table = -1;

    SqliteLooks(SqliteStatementRunner runner, CollectionDefinition collection, List<IndexPath> ways) {
        this.runner = runner;
        this.collection = collection;
        this.ways = ways;
        ways.forEach(way -> looks.add(new SqliteLook(runner, collection, way)));
    }

    /** The next depth: deeper by so little that the last look was never much of the cost. */
    static long deeper(long depth) {
        return depth + depth / 8 + 1;
    }

    /** Where the documents are to be looked for: along a way, or in the whole table if there is none. */
    record Place(Optional<IndexPath> way) {

        static final Place TABLE = new Place(Optional.empty());
    }

    /** Returns the shortest way if it has about so many entries or fewer; null if all have more. */
    @Nullable
    Place shortest(long depth) throws SQLException {
        for (int i = 0; i < ways.size(); i++) {
            if (looks.get(i).endsWithin(depth)) {
                return new Place(Optional.of(ways.get(i)));
            }
        }
        return depth >= SMALL && depth >= documents() / TABLE_IS_CHEAPER ? Place.TABLE : null;
    }

    /** How many documents there are at most. */
    private long documents() throws SQLException {
        if (table < 0) {
            Sql sql = new Sql().append("select max(_rowid_) from " + SqliteNames.table(collection));
            try (ResultSet row = runner.query(sql)) {
                row.next();
                table = row.getLong(1);
            }
        }
        return table;
    }

    @Override
    public void close() throws SQLException {
        for (SqliteLook look : looks) {
            look.close();
        }
    }
}
