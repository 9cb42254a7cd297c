package dev.pagurus.store.sqlite.schema;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables that know what collections there are. */
public final class SqliteCatalogue {

    private static final String COLLECTIONS = "select name, revision from pagurus_collections order by name";

    private static final String COLLECTION =
            "select revision, shape, retention, expiry from pagurus_collections where name = ?";

    private static final String FIELDS =
            "select name, kind, max_bytes from pagurus_fields where collection = ? order by position";

    private static final String INDEXES =
            "select name, is_unique, terms from pagurus_indexes where collection = ? order by position";

    private static final String ADD_COLLECTION =
            "insert into pagurus_collections (name, revision, defined_at, shape, retention, expiry)"
                    + " values (?, ?, ?, ?, ?, ?)";

    private static final String SET_SHAPE = "update pagurus_collections set shape = ? where name = ?";

    private static final String ADD_FIELD =
            "insert into pagurus_fields (collection, position, name, kind, max_bytes) values (?, ?, ?, ?, ?)";

    private static final String ADD_INDEX =
            "insert into pagurus_indexes (collection, position, name, is_unique, terms) values (?, ?, ?, ?, ?)";

    private final SqliteConnection connection;

    public SqliteCatalogue(SqliteConnection connection) {
        this.connection = connection;
    }

    public List<CollectionDefinition> all() throws SQLException {
        List<CollectionDefinition> definitions = new ArrayList<>();
        for (String name : names()) {
            CollectionDefinition definition = find(name);
            if (definition != null) {
                definitions.add(definition);
            }
        }
        return definitions;
    }

    private List<String> names() throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = connection.query(COLLECTIONS)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    @Nullable
    public CollectionDefinition find(String name) throws SQLException {
        int revision;
        String shape;
        @Nullable Duration retention;
        @Nullable String expiry;
        try (ResultSet row = connection.query(COLLECTION, name)) {
            if (!row.next()) {
                return null;
            }
            revision = row.getInt(1);
            shape = row.getString(2);
            long micros = row.getLong(3);
            retention = row.wasNull() ? null : Duration.of(micros, ChronoUnit.MICROS);
            expiry = row.getString(4);
        }
        CollectionDefinition plain = plain(name);
        return new CollectionDefinition(name, revision, plain.fields(), plain.indexes(), shape, retention, expiry);
    }

    /** Returns the fields and indexes alone, which all releases had, of every collection. */
    List<CollectionDefinition> plain() throws SQLException {
        List<CollectionDefinition> all = new ArrayList<>();
        for (String name : names()) {
            all.add(plain(name));
        }
        return all;
    }

    private CollectionDefinition plain(String name) throws SQLException {
        List<FieldDefinition> fields = new ArrayList<>();
        try (ResultSet row = connection.query(FIELDS, name)) {
            while (row.next()) {
                FieldKind kind = FieldKind.valueOf(row.getString(2).toUpperCase(Locale.ROOT));
                fields.add(new FieldDefinition(row.getString(1), kind, row.getInt(3)));
            }
        }
        List<IndexDefinition> indexes = new ArrayList<>();
        try (ResultSet row = connection.query(INDEXES, name)) {
            while (row.next()) {
                indexes.add(new IndexDefinition(row.getString(1), row.getInt(2) != 0, Sort.parse(row.getString(3))));
            }
        }
        return new CollectionDefinition(name, 1, fields, indexes, "", null);
    }

    /** Records a shape that was not known. */
    void putShape(CollectionDefinition definition) throws SQLException {
        connection.update(SET_SHAPE, definition.shape(), definition.name());
    }

    /** Forgets a collection. */
    void remove(String name) throws SQLException {
        connection.update("delete from pagurus_collections where name = ?", name);
        connection.update("delete from pagurus_fields where collection = ?", name);
        connection.update("delete from pagurus_indexes where collection = ?", name);
    }

    /** Has a collection be known by another name. */
    void rename(String name, String newName) throws SQLException {
        connection.update("update pagurus_collections set name = ? where name = ?", newName, name);
        connection.update("update pagurus_fields set collection = ? where collection = ?", newName, name);
        connection.update("update pagurus_indexes set collection = ? where collection = ?", newName, name);
    }

    /** Puts a definition in place of the one that is there. */
    void put(CollectionDefinition definition, long nowMicros) throws SQLException {
        String name = definition.name();
        remove(name);
        Duration retention = definition.retention();
        Long micros = retention == null ? null : Micros.of(retention);
        connection.update(
                ADD_COLLECTION,
                name,
                definition.revision(),
                nowMicros,
                definition.shape(),
                micros,
                definition.expiry());
        int position = 0;
        for (FieldDefinition field : definition.fields()) {
            String kind = field.kind().name().toLowerCase(Locale.ROOT);
            connection.update(ADD_FIELD, name, position++, field.name(), kind, field.maxBytes());
        }
        position = 0;
        for (IndexDefinition index : definition.indexes()) {
            connection.update(
                    ADD_INDEX, name, position++, index.name(), index.unique() ? 1 : 0, Sort.text(index.terms()));
        }
    }
}
