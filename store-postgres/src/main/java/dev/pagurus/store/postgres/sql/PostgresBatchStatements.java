package dev.pagurus.store.postgres.sql;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL that does many writes of one kind to one collection at once, made once for each definition. The parameters are
 * arrays: ids, then for writes that leave a body each field, the bodies, and the versions asked for; last the time, if it is
 * given, and once more the time by which it is judged what has expired, where documents do.
 *
 * <p>Replacing is done by {@code insert ... on conflict} too. An {@code update} would find its rows by reading, and under
 * serializable isolation the reading of a few dozen rows is noted as one of the whole table, which conflicts with every
 * other writer; the search for what an insert conflicts with is not noted at all. A document that should be there and is
 * not is inserted, but with a time of creation that no document can have, on which the statement fails.
 */
public final class PostgresBatchStatements {

    /** Added to the version asked for, it gives a time of creation after all that can be. */
    private static final String NEVER = "4611686018427387904";

    private static final String FIRST_NEVER = "2305843009213693952";

    /** What the statement fails with if a document to be replaced is not there. */
    public static final String NOTHING_TO_REPLACE = "22012"; // division by zero

    /** New documents, all of them or none: a fifth cheaper than to leave out those that are there. */
    public final String insertAll;

    public final String insert;
    public final String put;
    public final String replace;
    public final String replaceVersion;
    public final String delete;
    public final String deleteVersion;

    /** Documents as they were in another store, all of them or none; counts them. */
    public final String load;

    /** The catalogue's revision, and the versions of those documents that are there. */
    public final String states;

    /** The documents that are there, but that somebody else has locked. */
    public final String blocked;

    private final CollectionDefinition collection;
    private final PostgresNames names;
    private final String now;
    private final String table;
    private final String revision;

    PostgresBatchStatements(CollectionDefinition collection, PostgresNames names, boolean givenNow) {
        this.collection = collection;
        this.names = names;
        this.now = PostgresStatements.now(givenNow);
        this.table = names.table(collection);
        this.revision = names.hasRevision(collection);
        String fields = collection.fields().stream()
                        .map(field -> quoted(field.name()) + " = excluded." + quoted(field.name()) + ", ")
                        .collect(Collectors.joining())
                + "body = excluded.body";
        boolean expires = collection.expiry() != null;
        String instant = PostgresInstant.parameter(givenNow);
        String unexpired = expires ? " and " + PostgresInstant.unexpired(collection, "", instant) : "";
        // Who replaces has the time of the statement in place of the version.
        String met = PostgresInstant.inConflict(givenNow, "version");
        String unexpiredMet = expires ? PostgresInstant.unexpired(collection, "d.", met) : "";
        String unexpiredBefore = expires ? PostgresInstant.unexpired(collection, "d.", instant) : "";
        String conflict = " on conflict (id) do update set version = greatest(excluded.";
        String put = conflict + "created_at, d.version + 1), " + fields;
        String set = conflict + "version, d.version + 1), " + fields;
        String ofReplaced = " returning id, version, created_at / (created_at < " + FIRST_NEVER + ")::int";
        this.insertAll = logged(insert("clock.now", false) + " returning id, version, created_at");
        this.insert =
                logged(insert("clock.now", false) + " on conflict (id) do nothing returning id, version, created_at");
        this.put = logged(insert("clock.now", false) + put + PostgresStatements.newInPlace(collection, givenNow)
                + " returning id, version, created_at");
        this.replace = logged(insert(NEVER, false) + set + (expires ? " where " + unexpiredMet : "") + ofReplaced);
        this.replaceVersion = logged(insert(NEVER + " + u.expected$", true) + set
                + " where d.version = excluded.created_at - " + NEVER + (expires ? " and " + unexpiredMet : "")
                + ofReplaced);
        this.load = load();
        this.delete = logged("delete from %s where id = any(?::text[]) and %s%s returning id, version, created_at"
                .formatted(table, revision, unexpired));
        this.deleteVersion = logged("""
                delete from %s d using unnest(?::text[], ?::bigint[]) as u (id, expected$)
                where d.id = u.id and d.version = u.expected$ and %s%s returning d.id, d.version, d.created_at
                """.formatted(table, revision, expires ? " and " + unexpiredBefore : ""));
        this.states = """
                select c.revision, d.id, d.version
                from (select (select revision from %s where name = %s) as revision) c
                left join %s d on d.id = any(?::text[])%s
                """.formatted(
                        names.qualified("pagurus_collections"),
                        PostgresNames.literal(collection.name()),
                        table,
                        expires ? " and " + unexpiredBefore : "");
        this.blocked = """
                with free as (select id from %1$s where id = any(?::text[]) for update skip locked)
                select id from %1$s where id = any(?::text[]) and id not in (select id from free)
                """.formatted(table);
    }

    private String logged(String write) {
        return PostgresLog.logged(collection, names, write);
    }

    public static boolean isNothingToReplace(SQLException e) {
        return NOTHING_TO_REPLACE.equals(e.getSQLState());
    }

    private String insert(String createdAt, boolean expected) {
        List<FieldDefinition> fields = collection.fields();
        String names = fields.stream().map(field -> quoted(field.name()) + ", ").collect(Collectors.joining());
        String arrays = fields.stream()
                .map(field -> "?::" + elementType(field.kind()) + "[], ")
                .collect(Collectors.joining());
        String values = fields.stream().map(field -> value(field) + ", ").collect(Collectors.joining());
        return """
                insert into %s as d (id, version, created_at, %sbody)
                select u.id, greatest(clock.now, (?::bigint[])[1]), %s, %su.body
                from unnest(?::text[], %s?::text[]%s) as u (id, %sbody%s), (select %s as now) clock
                where %s
                """.formatted(
                        table,
                        names,
                        createdAt,
                        values,
                        arrays,
                        expected ? ", ?::bigint[]" : "",
                        names,
                        expected ? ", expected$" : "",
                        now,
                        revision);
    }

    private String load() {
        List<FieldDefinition> fields = collection.fields();
        String columns =
                fields.stream().map(field -> quoted(field.name()) + ", ").collect(Collectors.joining());
        String arrays = fields.stream()
                .map(field -> "?::" + elementType(field.kind()) + "[], ")
                .collect(Collectors.joining());
        String values = fields.stream().map(field -> value(field) + ", ").collect(Collectors.joining());
        boolean kept = collection.retention() != null;
        return """
                with added as (
                    insert into %1$s (id, version, created_at, %2$sbody)
                    select u.id, u.version, u.created_at, %3$su.body
                    from unnest(?::text[], ?::bigint[], ?::bigint[], %4$s?::text[]) as u (id, version, created_at, %2$sbody)
                    where %5$s returning %6$s
                )%7$s select count(*) from added
                """.formatted(
                        table,
                        columns,
                        values,
                        arrays,
                        revision,
                        kept ? "id, version" : "1",
                        kept ? ", " + PostgresLog.log(collection, names, "added") : "");
    }

    private static String value(FieldDefinition field) {
        String column = "u." + quoted(field.name());
        return PostgresWords.made(field.kind(), field.kind().isMany() ? column + "::text[]" : column);
    }

    /** Arrays of arrays would have to be of one length: a set of texts is sent as one text. */
    private static String elementType(FieldKind kind) {
        return kind.isMany() ? "text" : PostgresStatements.type(kind);
    }
}
