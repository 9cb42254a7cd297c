package dev.pagurus.store.postgres.schema;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.DeletedVersions;
import dev.pagurus.store.spi.SetAside;
import dev.pagurus.store.spi.StoredDocument;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes documents that cannot be brought up into a collection of texts, in the transaction that brings the others up. With
 * statements of its own: those of sessions want to be serializable, and this is kept apart by locks.
 */
final class PostgresAside {

    private final CollectionDefinition of;
    private final DeletedVersions deleted;
    private final String delete;
    private final String taken;
    private final String insert;

    /**
     * Prepares it.
     *
     * @param keepsOn whether the collection's changes were kept before and will be
     */
    PostgresAside(
            CollectionDefinition of,
            CollectionDefinition aside,
            PostgresNames names,
            DeletedVersions deleted,
            boolean keepsOn) {
        this.of = of;
        this.deleted = deleted;
        String to = names.table(SetAside.requireTexts(of, aside));
        String delete =
                "delete from " + names.table(of) + " where id = any(?::text[]) returning id, version, created_at, body";
        this.delete = keepsOn
                ? "with gone as (" + delete + "), " + PostgresLog.log(of, names, "gone")
                        + " select id, version, created_at, body from gone"
                : delete;
        this.taken = "select id from " + to + " where id = any(?::text[])";
        String insert = "insert into " + to + " (id, version, created_at, body)"
                + " select * from unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[]) returning ";
        this.insert = aside.retention() == null
                ? insert + "1"
                : "with added as (" + insert + "id, version), " + PostgresLog.log(aside, names, "added")
                        + " select 1 from added";
    }

    void take(PostgresConnection connection, List<String> ids) throws SQLException {
        List<StoredDocument> gone = connection.query(delete, List.of((Object) ids.toArray(new String[0])), rows -> {
            List<StoredDocument> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new StoredDocument(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getString(4)));
            }
            return found;
        });
        List<StoredDocument> renamed = SetAside.renamed(gone, some -> taken(connection, some));
        List<Object> parameters = List.of(
                renamed.stream().map(StoredDocument::id).toArray(String[]::new),
                renamed.stream().map(StoredDocument::version).toArray(Long[]::new),
                renamed.stream().map(StoredDocument::createdAt).toArray(Long[]::new),
                renamed.stream().map(StoredDocument::body).toArray(String[]::new));
        connection.query(insert, parameters, rows -> true);
        gone.forEach(one -> deleted.add(of, one.version()));
    }

    private Set<String> taken(PostgresConnection connection, List<String> ids) throws SQLException {
        return connection.query(taken, List.of((Object) ids.toArray(new String[0])), rows -> {
            Set<String> found = new HashSet<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        });
    }
}
