package dev.pagurus.store.postgres.sql;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;
import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.PostgresDefaults;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Sort;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that writes and gets documents of one collection, made once for each definition.
 *
 * <p>Each writing statement checks the revision by the name of the table's primary key. That name is looked up in
 * PostgreSQL's own catalogue, which is always read as it is now; a look into a table of ours would be answered from the
 * transaction's snapshot, and one that was taken before the statement had to wait for a schema change still shows the old
 * revision.
 */
public final class PostgresStatements {

    /**
     * The server's clock in microseconds, the same in the whole statement. A store with another clock has statements of its
     * own: to choose between the two there takes a {@code coalesce}, around which Citus takes no function but an immutable one.
     */
    private static final String SERVERS_NOW = "(date_part('epoch', statement_timestamp()) * 1000000)::bigint";

    private static final String GIVEN_NOW = "?::bigint";

    private final CollectionDefinition collection;
    private final PostgresNames names;

    /** A new document, unless one with the id is there. */
    public final String insert;

    /** A new document, or in place of the one with the id. */
    public final String put;

    /** In place of a document that is there. */
    public final String replace;

    /** In place of a document that has a certain version. */
    public final String replaceVersion;

    public final String delete;
    public final String deleteVersion;

    /** The catalogue's revision and the document's version, to find out why nothing was written. */
    public final String state;

    public final String get;
    public final String getMany;

    /** For each unique index, in the order of declaration, the SQL that finds another document with some values. */
    public final List<Unique> uniques;

    /**
     * A unique index.
     *
     * @param positions where its values are among a body's values
     */
    public record Unique(String name, List<Integer> positions, String findOther) {}

    /**
     * Makes them.
     *
     * @param givenNow whether those that write a body take the time as a parameter, and not from the server
     */
    public PostgresStatements(CollectionDefinition collection, PostgresNames names, boolean givenNow) {
        this.collection = collection;
        this.names = names;
        String now = now(givenNow);
        String table = names.table(collection);
        String revision = names.hasRevision(collection) + " and " + PostgresDefaults.REQUIRED;
        List<String> columns =
                collection.fields().stream().map(field -> quoted(field.name())).toList();
        String list = columns.stream().map(column -> column + ", ").collect(Collectors.joining());
        String marks = collection.fields().stream()
                .map(field -> mark(field.kind()) + ", ")
                .collect(Collectors.joining());
        boolean expires = collection.expiry() != null;
        String instant = PostgresInstant.parameter(givenNow);
        String unexpired = expires ? " and " + PostgresInstant.unexpired(collection, "", instant) : "";
        String newRow = """
                insert into %s as d (id, version, created_at, %sbody)
                select ?, greatest(clock.now, ?::bigint), clock.now, %s?
                from (select %s as now) clock where %s
                """.formatted(table, list, marks, now, revision);
        this.insert = logged(newRow + "on conflict (id) do nothing");
        this.put = logged(newRow
                + """
                on conflict (id) do update set
                    version = greatest(excluded.created_at, d.version + 1), %sbody = excluded.body%s
                """.formatted(
                        columns.stream().map(c -> c + " = excluded." + c + ", ").collect(Collectors.joining()),
                        newInPlace(collection, givenNow)));
        String change = """
                update %s set %sbody = ?, version = greatest(%s, version + 1)
                where id = ? and %s%s
                """.formatted(
                        table,
                        collection.fields().stream()
                                .map(field -> quoted(field.name()) + " = " + mark(field.kind()) + ", ")
                                .collect(Collectors.joining()),
                        now,
                        revision,
                        unexpired);
        this.replace = logged(change);
        this.replaceVersion = logged(change + "and version = ?");
        String gone = "delete from %s where id = ? and %s%s".formatted(table, revision, unexpired);
        this.delete = logged(gone);
        this.deleteVersion = logged(gone + " and version = ?");
        this.state =
                """
                select (select revision from %s where name = %s), (select version from %s where id = ?%s)
                """.formatted(names.qualified("pagurus_collections"), literal(collection.name()), table, unexpired);
        String select = "select id, version, created_at, body from " + table;
        this.get = select + " where id = ? and " + PostgresDefaults.REQUIRED + unexpired;
        this.getMany = select + " where id = any(?::text[])" + unexpired;
        this.uniques = uniques(table);
    }

    /** What makes a new document of one that has expired, where another one is put in its place. */
    static String newInPlace(CollectionDefinition collection, boolean givenNow) {
        if (collection.expiry() == null) {
            return "";
        }
        String now = PostgresInstant.inConflict(givenNow, "created_at");
        String unexpired = PostgresInstant.unexpired(collection, "d.", now);
        return ", created_at = case when " + unexpired + " then d.created_at else excluded.created_at end";
    }

    /** Returns the time of a statement; null for the server's. */
    public static String time(@Nullable Long micros) {
        return micros == null ? SERVERS_NOW : micros + "::bigint";
    }

    /** What a statement takes for the time. */
    static String now(boolean given) {
        return given ? GIVEN_NOW : SERVERS_NOW;
    }

    private String logged(String write) {
        return PostgresLog.loggedAlone(collection, names, write);
    }

    /** What creates the collection's table. */
    public String createTable() {
        StringBuilder sql =
                new StringBuilder("""
                create table %s (
                    id text collate "C" not null constraint %s primary key,
                    version bigint not null,
                    created_at bigint not null,
                """.formatted(names.table(collection), quoted(PostgresNames.primaryKey(collection))));
        for (FieldDefinition field : collection.fields()) {
            sql.append("    ").append(column(field.name(), field.kind())).append(",\n");
        }
        return sql.append("    body text not null\n)").toString();
    }

    /** A column's definition; adding one rewrites nothing. */
    public static String column(String name, FieldKind kind) {
        return quoted(name) + " " + type(kind)
                + switch (kind) {
                    case TEXT -> " collate \"C\"";
                    case MANY -> " collate \"C\" not null default '{}'";
                    case WORDS, ACCENTED_WORDS -> " not null default ''";
                    case LONG, INSTANT, DOUBLE, BOOLEAN -> "";
                };
    }

    /** What creates one index. */
    public String createIndex(IndexDefinition index) {
        return createIndex(index, PostgresNames.index(collection, index), UnaryOperator.identity());
    }

    /** What creates one index of another name, over columns of other names. */
    public String createIndex(IndexDefinition index, String name, UnaryOperator<String> column) {
        String table = names.table(collection);
        String field = index.terms().get(0).field();
        if (collection.kind(field).isMany()) {
            return "create index %s on %s using gin (%s) with (fastupdate = off)"
                    .formatted(quoted(name), table, quoted(column.apply(field)));
        }
        List<Sort> terms = index.columns().stream()
                .map(term -> new Sort(column.apply(term.field()), term.descending()))
                .toList();
        return "create %sindex %s on %s (%s)"
                .formatted(index.unique() ? "unique " : "", quoted(name), table, terms(terms));
    }

    /** Finds two documents that a unique index forbids. */
    public String findDuplicates(IndexDefinition index, UnaryOperator<String> column) {
        List<String> columns = index.terms().stream()
                .map(term -> quoted(column.apply(term.field())))
                .toList();
        return "select min(id), max(id) from %s where %s group by %s having count(*) > 1 limit 1"
                .formatted(
                        names.table(collection),
                        columns.stream().map(one -> one + " is not null").collect(Collectors.joining(" and ")),
                        String.join(", ", columns));
    }

    public static String terms(List<Sort> terms) {
        return terms.stream()
                .map(term -> quoted(term.field()) + direction(term))
                .collect(Collectors.joining(", "));
    }

    /**
     * Returns the direction of a term of an order or index, with the place of nulls where there can be any. Where there are
     * none it is not said: an order that says so differs from the primary key's, and would be sorted.
     */
    public static String direction(Sort term) {
        boolean nullable = switch (term.field()) {
            case "id", "version", "created_at" -> false;
            default -> true;
        };
        if (term.descending()) {
            return nullable ? " desc nulls last" : " desc";
        }
        return nullable ? " nulls first" : "";
    }

    private static String mark(FieldKind kind) {
        return PostgresWords.made(kind, "?::" + (kind.isMany() ? "text[]" : type(kind)));
    }

    public static String type(FieldKind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case LONG, INSTANT -> "bigint";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case MANY -> "text[]";
            case WORDS, ACCENTED_WORDS -> "tsvector";
        };
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
}
