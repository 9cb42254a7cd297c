package dev.pagurus.store.spi.jdbc;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.DeletedVersions;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.SetAside;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A session on the tables that {@linkplain dev.pagurus.store.spi.jdbc the package} describes, in the one transaction of its
 * connection. It looks before it writes, so what a transaction has found must stay so: the engine is serializable by itself,
 * or lets one of them in at a time. Where several write at once, override {@link #write(Write)}.
 */
public class JdbcSession implements EngineSession {

    /** How many values some engines take in a list. */
    private static final int LONGEST_LIST = 1000;

    /** How many documents that have expired go with a commit, of each collection. */
    private static final int EXPIRED = 100;

    private final JdbcConnection connection;
    private final SqlDialect dialect;
    private final DeletedVersions deleted;
    private final Runnable end;
    private final JdbcCatalogue catalogue;
    private final JdbcRows rows;

    /** By which time it is judged what has expired. */
    private final LongSupplier began;

    /** Of what it has written, what may have expired. */
    private final Map<String, CollectionDefinition> expiring = new HashMap<>();

    /**
     * Makes one.
     *
     * @param deleted the engine's
     * @param end what {@link #close} does: undoes what was not committed, and gives the connection and locks back. Does not
     *     throw
     */
    public JdbcSession(JdbcConnection connection, SqlDialect dialect, DeletedVersions deleted, Runnable end) {
        this.connection = connection;
        this.dialect = dialect;
        this.deleted = deleted;
        this.end = end;
        this.catalogue = new JdbcCatalogue(connection, dialect);
        this.rows = JdbcRows.of(connection, dialect);
        this.began = Micros.once(() -> Micros.now(connection.config()));
    }

    /** Returns the connection that it works with. */
    public final JdbcConnection connection() {
        return connection;
    }

    @Override
    public List<CollectionDefinition> definitions() {
        return catalogue.definitions();
    }

    @Override
    public @Nullable CollectionDefinition definition(String name) {
        return catalogue.definition(name);
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        // Whatever the revision is: also an old process may read by id.
        Integer revision = catalogue.revision(collection);
        CollectionDefinition table =
                Objects.equals(revision, collection.revision()) ? collection : definition(collection.name());
        if (table == null) {
            throw SchemaChange.gone(collection);
        }
        List<StoredDocument> found = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += LONGEST_LIST) {
            List<Object> some = List.copyOf(ids.subList(from, Math.min(ids.size(), from + LONGEST_LIST)));
            SqlFilter filter = unexpired(table, new Condition.In("id", some));
            found.addAll(connection.list(rows::document, "select " + rows.columns() + filter.from(), filter.values()));
        }
        return found;
    }

    @Override
    public Chunk scan(Scan scan) {
        CollectionDefinition collection = catalogue.current(scan.collection());
        List<String> terms = scan.order().stream().map(Sort::field).toList();
        List<FieldKind> kinds = terms.stream().map(collection::kind).toList();
        String select = "select " + rows.columns() + rows.names(terms);
        Chunk.Builder chunk = new Chunk.Builder(scan);
        for (Condition part : scan.parts()) {
            SqlFilter filter = unexpired(collection, part);
            String from = filter.from() + " order by " + dialect.order(scan.order());
            int limit = rows.inMemory(from, filter, chunk.limit(), chunk.bytesLeft());
            JdbcConnection.Row<Chunk.Builder> add = row -> {
                if (!chunk.hasRoom()) {
                    return null;
                }
                StoredDocument document = rows.document(row);
                return chunk.add(document, chunk.isLast(document) ? rows.values(row, kinds) : List.of());
            };
            connection.list(add, select + from + dialect.first(limit), filter.values());
            if (chunk.isFull()) {
                break;
            }
        }
        return chunk.build();
    }

    @Override
    public RowChunk select(Scan scan, List<String> fields) {
        CollectionDefinition collection = catalogue.current(scan.collection());
        Scan unexpired = new Scan(
                collection,
                there(collection, scan.filter()),
                scan.order(),
                scan.ranges(),
                scan.maxDocuments(),
                scan.maxBytes());
        return new JdbcSelect(connection, dialect, rows).of(collection, unexpired, fields);
    }

    @Override
    public long count(CollectionDefinition collection, Condition condition) {
        SqlFilter filter = unexpired(catalogue.current(collection), condition);
        return Objects.requireNonNull(
                connection.first(row -> row.getLong(1), "select count(*)" + filter.from(), filter.values()));
    }

    @Override
    public List<Group> groups(Grouping grouping) {
        CollectionDefinition collection = catalogue.current(grouping.collection());
        Grouping unexpired = new Grouping(
                collection, there(collection, grouping.filter()), grouping.by(), grouping.measures(), grouping.first());
        return new JdbcGroups(connection, dialect, unexpired).read();
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return writes.stream().map(this::write).toList();
    }

    /** Looks first and writes then. */
    protected WriteOutcome write(Write write) {
        CollectionDefinition collection = write.collection();
        Integer revision = catalogue.revision(collection);
        if (!Objects.equals(revision, collection.revision())) {
            return new WriteOutcome.StaleRevision(revision);
        }
        expires(collection);
        SqlFilter it = unexpired(collection, compared("id", Condition.Operator.EQ, write.id()));
        StoredDocument found = connection.first(
                row -> new StoredDocument(write.id(), row.getLong(1), row.getLong(2), ""),
                "select " + dialect.quoted("version") + ", " + dialect.quoted("created_at") + it.from(),
                it.values());
        WriteOutcome refusal = write.refusal(found);
        if (refusal != null) {
            return refusal;
        }
        if (!(write.content() instanceof Content.Body body)) {
            connection.update("delete" + it.from(), it.values());
            deleted.add(collection, Objects.requireNonNull(found).version());
            return new WriteOutcome.Deleted();
        }
        for (IndexDefinition index : collection.indexes()) {
            if (other(collection, index, write.id(), body.values()) != null) {
                return new WriteOutcome.UniqueViolation(index.name());
            }
        }
        giveWay(collection, write.id(), body.values());
        StoredDocument document = write.document(found, body, Micros.now(connection.config()), deleted);
        if (found != null) {
            connection.update("delete" + it.from(), it.values());
        }
        insert(collection, List.of(new StoredRow(document, body.values())));
        return new WriteOutcome.Written(document.version(), document.createdAt());
    }

    @Override
    public long deleteAll(CollectionDefinition collection, Condition condition) {
        expires(catalogue.current(collection));
        return remove(collection, there(collection, condition));
    }

    /** Deletes what matches, expired or not; whoever keeps changes has to note them here. */
    protected long remove(CollectionDefinition collection, Condition condition) {
        rememberVersions(collection, condition);
        SqlFilter filter = new SqlFilter(dialect, collection, condition);
        return connection.update("delete" + filter.from(), filter.values());
    }

    @Override
    public long removeExpired(CollectionDefinition collection, int most) {
        if (!Objects.equals(catalogue.revision(collection), collection.revision()) || collection.expiry() == null) {
            return 0;
        }
        SqlFilter expired = new SqlFilter(dialect, collection, collection.expired(began.getAsLong()));
        List<Sort> oldest = List.of(new Sort(collection.expiry(), false), new Sort("id", false));
        List<Object> ids = connection.list(
                rows::id,
                "select " + dialect.quoted("id") + expired.from() + " order by " + dialect.order(oldest)
                        + dialect.first(most),
                expired.values());
        return ids.isEmpty() ? 0 : remove(collection, new Condition.In("id", ids));
    }

    /** Removes what has expired and would be in the way of a document. */
    private void giveWay(CollectionDefinition collection, String id, List<@Nullable Object> values) {
        if (collection.expiry() != null) {
            List<Condition> holders = new ArrayList<>();
            holders.add(compared("id", Condition.Operator.EQ, id));
            for (IndexDefinition index : collection.indexes()) {
                Condition collision = collection.collision(index, id, values);
                if (collision != null) {
                    holders.add(collision);
                }
            }
            remove(
                    collection,
                    new Condition.And(List.of(collection.expired(began.getAsLong()), new Condition.Or(holders))));
        }
    }

    private void expires(CollectionDefinition collection) {
        if (collection.expiry() != null) {
            expiring.put(collection.name(), collection);
        }
    }

    private Condition there(CollectionDefinition collection, Condition condition) {
        return collection.expiry() == null
                ? condition
                : new Condition.And(List.of(condition, collection.unexpired(began.getAsLong())));
    }

    private SqlFilter unexpired(CollectionDefinition collection, Condition condition) {
        return new SqlFilter(dialect, collection, there(collection, condition));
    }

    /** Tells {@link DeletedVersions} of the documents that match and are about to go, as before a collection is dropped. */
    public void rememberVersions(CollectionDefinition collection, Condition condition) {
        SqlFilter filter = new SqlFilter(dialect, collection, condition);
        Long greatest = connection.first(
                row -> (Long) dialect.read(row, 1, FieldKind.LONG),
                "select max(" + dialect.quoted("version") + ")" + filter.from(),
                filter.values());
        if (greatest != null) {
            deleted.add(collection, greatest);
        }
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, String after) {
        SqlFilter filter = unexpired(catalogue.current(collection), compared("id", Condition.Operator.GT, after));
        List<FieldKind> kinds = kinds(collection);
        String from = filter.from() + " order by " + dialect.quoted("id");
        int limit = rows.inMemory(from, filter, StoredRow.CHUNK, Scan.CHUNK_BYTES);
        long[] left = {Scan.CHUNK_BYTES};
        JdbcConnection.Row<StoredRow> next = row -> {
            if (left[0] <= 0) {
                return null;
            }
            StoredRow read = new StoredRow(rows.document(row), rows.values(row, kinds));
            left[0] -= read.document().body().length();
            return read;
        };
        return connection.list(next, wholeRows(collection) + from + dialect.first(limit), filter.values());
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, List<String> ids) {
        CollectionDefinition table = catalogue.current(collection);
        List<FieldKind> kinds = kinds(collection);
        List<StoredRow> found = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += LONGEST_LIST) {
            List<Object> some = List.copyOf(ids.subList(from, Math.min(ids.size(), from + LONGEST_LIST)));
            SqlFilter filter = unexpired(table, new Condition.In("id", some));
            found.addAll(connection.list(
                    row -> new StoredRow(rows.document(row), rows.values(row, kinds)),
                    wholeRows(collection) + filter.from(),
                    filter.values()));
        }
        return found;
    }

    private String wholeRows(CollectionDefinition collection) {
        return "select " + rows.columns()
                + rows.names(
                        collection.fields().stream().map(FieldDefinition::name).toList());
    }

    private static List<FieldKind> kinds(CollectionDefinition collection) {
        return collection.fields().stream().map(FieldDefinition::kind).toList();
    }

    @Override
    public void load(CollectionDefinition collection, List<StoredRow> copied) {
        insert(catalogue.current(collection), copied);
    }

    /** Adds documents as they are to the tables of a definition, whatever the catalogue says. */
    public void insert(CollectionDefinition collection, List<StoredRow> documents) {
        rows.insert(collection, documents);
    }

    /**
     * Fills the tables of a new revision with the documents of the stored one, which stay as they are. Those that the filler
     * {@linkplain Filler#setsAside sets aside} go to its collection, which must be there.
     *
     * @throws dev.pagurus.store.SchemaException if a unique index of the new one forbids two of them
     */
    public void refill(CollectionDefinition stored, CollectionDefinition wanted, Filler filler) {
        CollectionDefinition aside = filler.aside();
        SetAside setAside = aside == null
                ? null
                : new SetAside(
                        this, stored, Objects.requireNonNull(definition(aside.name()), "the collection aside()"));
        // What the stored one says has expired stays so, whatever the new one says.
        if (stored.expiry() != null) {
            remove(stored, stored.expired(began.getAsLong()));
        }
        forEach(stored, document -> {
            if (setAside != null && filler.setsAside(stored.revision(), document.id(), document.body())) {
                setAside.add(List.of(document));
                deleted.add(stored, document.version());
                return;
            }
            Content.Body filled = filler.fill(stored.revision(), document.id(), document.body());
            for (IndexDefinition index : wanted.indexes()) {
                String other = other(wanted, index, document.id(), filled.values());
                if (other != null) {
                    throw SchemaChange.duplicates(wanted, index, other, document.id(), null);
                }
            }
            StoredDocument changed =
                    new StoredDocument(document.id(), document.version(), document.createdAt(), filled.text());
            insert(wanted, List.of(new StoredRow(changed, filled.values())));
        });
    }

    @Override
    public void commit() {
        expiring.values().forEach(collection -> removeExpired(collection, EXPIRED));
        connection.commit();
    }

    @Override
    public void close() {
        end.run();
    }

    /** Finds another document that has these values in an index; null if there is none, or none is forbidden. */
    private @Nullable String other(
            CollectionDefinition collection, IndexDefinition index, String id, List<@Nullable Object> values) {
        Condition collision = collection.collision(index, id, values);
        if (collision == null) {
            return null;
        }
        SqlFilter filter = unexpired(collection, collision);
        return connection.first(rows::id, "select " + dialect.quoted("id") + filter.from(), filter.values());
    }

    private static Condition compared(String field, Condition.Operator operator, Object value) {
        return new Condition.Compare(field, operator, value);
    }
}
