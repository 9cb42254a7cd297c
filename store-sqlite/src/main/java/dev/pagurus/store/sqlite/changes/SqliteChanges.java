package dev.pagurus.store.sqlite.changes;

import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredChange;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads changes on one connection; all that a page needs in one state. */
public final class SqliteChanges {

    private static final String CHANGE =
            "select tag from pagurus_changes where feed in (select feed from pagurus_feeds) and position = ?";

    private final SqliteConnection connection;
    private final SqliteSettings settings;

    public SqliteChanges(SqliteConnection connection, SqliteSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    public ChangeChunk page(ChangeScan scan) throws SQLException {
        SqliteKept kept = SqliteKept.of(connection, scan.collections());
        String after = scan.after();
        long from = after == null ? 0 : known(SqlitePosition.of(after), kept).at();
        SqlitePosition position = kept.end().at(from);
        List<StoredChange> changes = new ArrayList<>();
        long size = 0;
        Sql sql = SqliteChangeStatement.page(kept.feeds(), from, scan.maxChanges() + 1L);
        try (ResultSet row = connection.query(sql.text(), sql.values(settings::nowMicros))) {
            while (row.next()) {
                if (changes.size() == scan.maxChanges() || size >= scan.maxBytes()) {
                    return new ChangeChunk(changes, position.text(), false);
                }
                StoredChange change = change(row, scan.collections());
                changes.add(change);
                StoredDocument document = change.document();
                size += document == null ? 0 : document.body().length();
                position = position.at(row.getLong(1));
            }
        }
        return new ChangeChunk(changes, position.text(), true);
    }

    private static StoredChange change(ResultSet row, List<CollectionDefinition> collections) throws SQLException {
        String name = collections.get(row.getInt(2)).name();
        String id = row.getString(3);
        String body = row.getString(7);
        @Nullable
        StoredDocument document = body == null ? null : new StoredDocument(id, row.getLong(5), row.getLong(6), body);
        return new StoredChange(name, id, row.getLong(4), document);
    }

    /** Returns the position, if nothing behind it is forgotten and this is the history that it is of. */
    private SqlitePosition known(SqlitePosition position, SqliteKept kept) throws SQLException {
        if (position.lives() != kept.lives()) {
            throw lost("it is of another store, or the changes of " + kept.names() + " have begun anew since");
        }
        for (SqliteKept.Feed feed : kept.feeds()) {
            if (feed.forgotten() > position.at()) {
                throw lost("changes of '" + feed.collection().name()
                        + "' behind it are forgotten, older than the retention of "
                        + feed.collection().retention());
            }
        }
        if (position.newest() > 0 && !isThere(position) && !kept.isBehindTheForgotten(position)) {
            throw lost("it tells of a change that is not there, as after an older backup was restored");
        }
        return position;
    }

    private boolean isThere(SqlitePosition position) throws SQLException {
        try (ResultSet row = connection.query(CHANGE, position.newest())) {
            return row.next() && position.tag() == row.getInt(1);
        }
    }

    private PositionLostException lost(String why) {
        return new PositionLostException("Nobody can go on from the position in "
                + settings.file().shown() + ": " + why + ". " + SqlitePosition.startAnew());
    }

    /** Returns the position behind the newest change; one statement, for it is asked often. */
    public String end(List<CollectionDefinition> collections) throws SQLException {
        return SqliteKept.of(connection, collections).end().text();
    }
}
