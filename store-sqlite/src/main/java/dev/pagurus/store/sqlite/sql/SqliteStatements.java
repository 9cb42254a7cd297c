package dev.pagurus.store.sqlite.sql;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.sqlite.documents.SqliteWrites;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that writes and gets documents of one collection, made once for each definition.
 *
 * <p>Parameters of the statements that store a body: see {@link SqliteWrites}. Where documents expire, those that look for one
 * by its id have the time behind it, and {@link #put} has it last. Each of them looks the revision up in the
 * catalogue itself, so that an old process can write nothing.
 */
public final class SqliteStatements {

    /** What a many-field's column is. */
    public static final String MANY_TYPE = "text not null default '[]'";

    private final CollectionDefinition collection;

    /** A new document, unless one with the id is there. */
    public final String insert;

    /**
     * The same where the revision is known to be the catalogue's, which it then is to the end of the transaction. What it
     * would return is known too.
     */
    public final String insertKnown;

    /** A new document, or in place of the one with the id. */
    public final String put;

    /** In place of a document that is there. */
    public final String replace;

    /** In place of a document that has a certain version. */
    public final String replaceVersion;

    /** The same where the revision is known to be the catalogue's; the new version is known too. */
    public final String replaceVersionKnown;

    public final String delete;
    public final String deleteVersion;

    /** The catalogue's revision and the document's version, to find out why nothing was written. */
    public final String state;

    public final String get;

    /** A document as it was in another store. */
    public final String load;

    /** The next documents after an id, with their fields. */
    public final String rows;

    /** The document with an id, with its fields. */
    public final String row;

    /** Removes what had expired at a time, those first that did first, up to a number; nothing where documents stay. */
    public final String removeExpired;

    /** For each unique index, in the order of declaration, the SQL that finds another document with some values. */
    public final List<Unique> uniques;

    /**
     * A unique index.
     *
     * @param positions where its values are among a body's values
     */
    public record Unique(String name, List<Integer> positions, String findOther) {}

    public SqliteStatements(CollectionDefinition collection) {
        this.collection = collection;
        String table = SqliteNames.table(collection);
        String revision = "(select revision from pagurus_collections where name = '" + collection.name() + "') = "
                + collection.revision();
        List<String> columns =
                collection.fields().stream().map(field -> quoted(field.name())).toList();
        String names = columns.stream().map(column -> column + ", ").collect(Collectors.joining());
        String marks = "?, ".repeat(columns.size());
        boolean expires = collection.expiry() != null;
        String unexpired = expires ? " and " + SqliteNames.unexpired(collection, "") + " ?" : "";
        String newRow = """
                insert into %s (id, version, created_at, %sbody)
                select ?, ?, ?, %s? where %s
                """.formatted(table, names, marks, revision);
        this.insert = newRow + """
                on conflict (id) do nothing
                returning version, created_at
                """;
        this.insertKnown =
                "insert into %s (id, version, created_at, %sbody) values (?, ?, ?, %s?) on conflict (id) do nothing"
                        .formatted(table, names, marks);
        this.put = newRow
                + """
                on conflict (id) do update set
                    version = max(excluded.created_at, %s.version + 1), %s%sbody = excluded.body
                returning version, created_at
                """.formatted(
                                table,
                                expires
                                        ? "created_at = case when " + SqliteNames.unexpired(collection, table + ".")
                                                + " ? then " + table + ".created_at else excluded.created_at end, "
                                        : "",
                                assignments(columns, "excluded."));
        String change = """
                update %s set version = max(?, version + 1), %sbody = ?
                where id = ? and %s%s
                """.formatted(table, assignments(columns, null), revision, unexpired);
        this.replace = change + "returning version, created_at";
        this.replaceVersionKnown = """
                update %s set version = max(?, version + 1), %sbody = ? where id = ?%s and version = ? returning created_at
                """.formatted(table, assignments(columns, null), unexpired);
        this.replaceVersion = change + "and version = ? returning version, created_at";
        String delete = "delete from %s where id = ? and %s%s".formatted(table, revision, unexpired);
        this.delete = delete + " returning version";
        this.deleteVersion = delete + " and version = ? returning version";
        this.state = """
                select (select revision from pagurus_collections where name = '%s'),
                       (select version from %s where id = ?%s)
                """.formatted(collection.name(), table, unexpired);
        this.get = "select version, created_at, body from %s where id = ?%s".formatted(table, unexpired);
        this.load =
                "insert into %s (id, version, created_at, %sbody) values (?, ?, ?, %s?)".formatted(table, names, marks);
        String row = "select id, version, created_at, body%s from %s where id"
                .formatted(columns.stream().map(column -> ", " + column).collect(Collectors.joining()), table);
        this.rows = row + " > ?" + unexpired + " order by id limit " + StoredRow.CHUNK;
        this.row = row + " = ?" + unexpired;
        this.removeExpired = expires ? removeExpired(table) : "";
        this.uniques = uniques(table);
    }

    private String removeExpired(String table) {
        String expiry = quoted(String.valueOf(collection.expiry()));
        return "delete from %1$s where _rowid_ in (select _rowid_ from %1$s where %2$s <= ? order by %2$s limit ?)"
                        .formatted(table, expiry)
                + " returning id, version";
    }

    /** What creates the collection's tables; the body comes last, so that a scan need not walk past it. */
    public String createTables() {
        StringBuilder sql = new StringBuilder("""
                create table %s (
                    id text not null primary key,
                    version integer not null,
                    created_at integer not null,
                """.formatted(SqliteNames.table(collection)));
        for (FieldDefinition field : collection.fields()) {
            sql.append("    ")
                    .append(quoted(field.name()))
                    .append(' ')
                    .append(type(field.kind()))
                    .append(",\n");
        }
        return sql.append("    body text not null\n) strict;\n").toString();
    }

    /** What creates one index, with what is there already. */
    public String createIndex(IndexDefinition index) {
        SqliteManyIndex many = SqliteManyIndex.of(collection, index);
        if (many != null) {
            return many.create();
        }
        return "create %sindex %s on %s (%s)"
                .formatted(
                        index.unique() ? "unique " : "",
                        SqliteNames.index(collection, index),
                        SqliteNames.table(collection),
                        terms(index.columns()));
    }

    /** What drops one index, if it is there. */
    public String dropIndex(IndexDefinition index) {
        SqliteManyIndex many = SqliteManyIndex.of(collection, index);
        return many == null ? "drop index if exists " + SqliteNames.index(collection, index) : many.drop();
    }

    /** Finds two documents that a unique index forbids. */
    public String findDuplicates(IndexDefinition index) {
        List<String> columns =
                index.terms().stream().map(term -> quoted(term.field())).toList();
        return "select min(id), max(id) from %s where %s group by %s having count(*) > 1 limit 1"
                .formatted(
                        SqliteNames.table(collection),
                        columns.stream().map(column -> column + " is not null").collect(Collectors.joining(" and ")),
                        String.join(", ", columns));
    }

    public static String terms(List<Sort> terms) {
        return terms.stream()
                .map(term -> quoted(term.field()) + (term.descending() ? " desc" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String assignments(List<String> columns, @Nullable String source) {
        return columns.stream()
                .map(column -> column + " = " + (source == null ? "?" : source + column) + ", ")
                .collect(Collectors.joining());
    }

    private List<Unique> uniques(String table) {
        List<String> fields =
                collection.fields().stream().map(FieldDefinition::name).toList();
        return collection.indexes().stream()
                .filter(IndexDefinition::unique)
                .map(index -> new Unique(
                        index.name(),
                        index.terms().stream()
                                .map(term -> fields.indexOf(term.field()))
                                .toList(),
                        "select 1 from %s where %s and id <> ? limit 1"
                                .formatted(
                                        table,
                                        index.terms().stream()
                                                .map(term -> quoted(term.field()) + " = ?")
                                                .collect(Collectors.joining(" and ")))))
                .toList();
    }

    private static String type(FieldKind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case MANY, WORDS, ACCENTED_WORDS -> MANY_TYPE;
            case LONG, INSTANT, BOOLEAN -> "integer";
            case DOUBLE -> "real";
        };
    }
}
