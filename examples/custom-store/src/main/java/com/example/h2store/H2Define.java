package com.example.h2store;

import static com.example.h2store.H2Dialect.SQL;

import dev.pagurus.store.spi.*;
import dev.pagurus.store.spi.jdbc.*;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brings a collection to a definition, under the write lock.
 *
 * <p>H2 commits each statement that changes a table, so the step that must be atomic is another one: a revision gets
 * tables of its own, which nobody looks into until the catalogue names them. Until then the old ones serve readers, and
 * afterwards snapshots that began before, until {@link #dropLeftovers} finds them when the database is opened next.
 */
record H2Define(H2Session session, CollectionDefinition wanted) {

    private static final String CATALOGUE = """
            create table if not exists collections (
                name varchar primary key, revision int not null, definition varchar not null)
            """;

    private static final String PUT = "merge into collections values (?, ?, ?)";

    /** Each release adds to them, and edits nothing of those before. */
    private static final List<AppliedMigration> MIGRATIONS = List.of(
            AppliedMigration.of(1, "collections", CATALOGUE), AppliedMigration.of(2, "changes", H2Changes.TABLES));

    private static final List<String> SCRIPTS = List.of(CATALOGUE, H2Changes.TABLES);

    /** Brings our own tables to the version that this release needs. Each statement can be run again after a crash. */
    static void migrate(JdbcConnection connection) {
        connection.update("create table if not exists migrations (version int primary key, name varchar, sha256 varchar)");
        List<AppliedMigration> history = connection.list(
                row -> new AppliedMigration(row.getInt(1), row.getString(2), row.getString(3)),
                "select version, name, sha256 from migrations order by version");
        int applied = AppliedMigration.count(history, MIGRATIONS, connection.config().redactedUrl());
        for (int i = applied; i < MIGRATIONS.size(); i++) {
            connection.update(SCRIPTS.get(i));
            AppliedMigration next = MIGRATIONS.get(i);
            connection.update("insert into migrations values (?, ?, ?)", next.version(), next.name(), next.sha256());
            connection.commit();
        }
    }

    /** Drops the tables that the catalogue does not name, if nobody else is there who might be reading them. */
    static void dropLeftovers(JdbcConnection connection) {
        String sql = """
                select table_name from information_schema.tables
                where table_schema = 'pagurus' and table_name not in ('collections', 'migrations', 'changes', 'feeds', 'marks')
                    and not exists (
                        select 1 from collections where locate(name || '$r' || revision || '$', table_name || '$') = 1)
                    and (select count(*) from information_schema.sessions) = 1
                """;
        List<String> tables = connection.list(row -> SQL.quoted(row.getString(1)), sql);
        tables.forEach(table -> connection.update("drop table " + table + " cascade"));
    }

    void run(Filler filler) {
        CollectionDefinition stored = session.definition(wanted.name());
        SchemaChange.Kind kind = SchemaChange.between(stored, wanted).kind();
        if (kind == SchemaChange.Kind.NONE) {
            return;
        }
        if (kind == SchemaChange.Kind.UPGRADE) {
            filler.begin(stored);
        }
        if (kind != SchemaChange.Kind.SHAPE) {
            createTables();
            wanted.indexes().forEach(this::createIndex);
        }
        if (kind == SchemaChange.Kind.UPGRADE) {
            createAside(filler.aside());
            session.refill(stored, wanted, filler);
            logSetAside(stored);
        }
        session.changes().declare(wanted, kind == SchemaChange.Kind.CREATE);
        put();
        session.commit();
    }

    /** What was set aside is gone from here; nothing else that a new revision does is a change. */
    private void logSetAside(CollectionDefinition stored) {
        if (stored.retention() != null) {
            session.connection().update("insert into changes (collection, id, version) select ?, id, version from "
                    + SQL.table(stored) + " where id not in (select id from " + SQL.table(wanted) + ")", wanted.name());
        }
    }

    /** There from the commit on, as the new revision is. */
    private void createAside(CollectionDefinition aside) {
        if (aside != null && session.definition(aside.name()) == null) {
            H2Define define = new H2Define(session, aside);
            define.createTables();
            define.put();
        }
    }

    /** Says that there is no such collection; its tables go when the database is opened next, for a snapshot may read them. */
    static boolean drop(H2Session session, String name) {
        JdbcConnection connection = session.connection();
        CollectionDefinition stored = session.definition(name);
        if (stored == null) {
            return false;
        }
        session.rememberVersions(stored, Condition.EVERYTHING);
        connection.update("delete from collections where name = ?", name);
        session.changes().forget(name);
        connection.commit();
        return true;
    }

    /** Another name is other tables, as another revision is. */
    static void rename(H2Session session, String name, String newName) {
        JdbcConnection connection = session.connection();
        CollectionDefinition stored = session.definition(name);
        if (stored == null) {
            throw SchemaChange.missing(name, connection.config().redactedUrl());
        }
        if (session.definition(newName) != null) {
            throw SchemaChange.taken(name, "collection", newName, connection.config().redactedUrl());
        }
        CollectionDefinition renamed = stored.named(newName);
        H2Define define = new H2Define(session, renamed);
        define.createTables();
        renamed.indexes().forEach(define::createIndex);
        List<StoredRow> rows = session.rows(stored.withoutExpiry(), "");
        while (!rows.isEmpty()) {
            session.insert(renamed, rows);
            rows = session.rows(stored.withoutExpiry(), rows.get(rows.size() - 1).id());
        }
        connection.update("delete from collections where name = ?", name);
        session.changes().rename(name, newName);
        define.put();
        session.commit();
    }

    /** The step that counts, when it is committed. */
    private void put() {
        session.connection().update(PUT, wanted.name(), wanted.revision(), wanted.text());
    }

    private void createTables() {
        String fields = wanted.fields().stream()
                .map(field -> ", " + SQL.quoted(field.name()) + " " + SQL.type(field))
                .collect(Collectors.joining());
        create(SQL.table(wanted), "id varbinary primary key, version bigint not null, created_at bigint not null,"
                + " body clob not null" + fields);
        String items = "id varbinary references " + SQL.table(wanted) + " on delete cascade, item varbinary not null,"
                + " primary key (id, item)";
        wanted.manies().forEach(many -> create(SQL.beside(wanted, many.name()), items));
    }

    /** Creates a table; an attempt that failed may have left one, which nobody has ever read. */
    private void create(String table, String columns) {
        session.connection().update("drop table if exists " + table + " cascade; create table " + table + " (" + columns + ")");
    }

    private void createIndex(IndexDefinition index) {
        String field = index.terms().get(0).field();
        String on = wanted.kind(field).isMany()
                ? SQL.beside(wanted, field) + " (item, id)"
                : SQL.table(wanted) + " (" + SQL.order(index.columns()) + ")";
        String name = SQL.beside(wanted, "by$" + index.name());
        session.connection().update("create " + (index.unique() ? "unique " : "") + "index " + name + " on " + on);
    }
}
