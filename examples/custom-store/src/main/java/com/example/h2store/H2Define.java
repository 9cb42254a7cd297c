package com.example.h2store;

import static com.example.h2store.H2Columns.*;

import dev.pagurus.store.spi.*;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brings a collection to a definition, under the write lock.
 *
 * <p>H2 commits each statement that changes a table, so the step that must be atomic is another one: a revision gets
 * tables of its own, which nobody looks into until the catalogue names them. Until then the old ones serve readers, and
 * afterwards snapshots that began before, until {@link #dropLeftovers} finds them when the database is opened next.
 */
record H2Define(H2Session session, H2Connection connection, CollectionDefinition wanted) {

    private static final String CATALOGUE = """
            create table if not exists collections (
                name varchar primary key, revision int not null, definition varchar not null)
            """;

    private static final String PUT = "merge into collections values (utf8tostring(?), ?, utf8tostring(?))";

    /** The next release adds a second one, and edits nothing of the first. */
    private static final AppliedMigration FIRST = AppliedMigration.of(1, "collections", CATALOGUE);

    /** Brings our own tables to the version that this release needs. Each statement can be run again after a crash. */
    static void migrate(H2Connection connection) {
        connection.update("create table if not exists migrations (version int primary key, name varchar, sha256 varchar)");
        List<AppliedMigration> history = connection.list(
                row -> new AppliedMigration(row.getInt(1), row.getString(2), row.getString(3)),
                "select version, name, sha256 from migrations order by version");
        if (AppliedMigration.count(history, List.of(FIRST), connection.config().redactedUrl()) == 0) {
            connection.update(CATALOGUE);
            connection.update("insert into migrations values (1, ?, ?)", FIRST.name(), FIRST.sha256());
            connection.commit();
        }
    }

    /** Drops the tables that the catalogue does not name, if nobody else is there who might be reading them. */
    static void dropLeftovers(H2Connection connection) {
        String sql = """
                select table_name from information_schema.tables
                where table_schema = 'pagurus' and table_name not in ('collections', 'migrations')
                    and not exists (
                        select 1 from collections where locate(name || '$r' || revision || '$', table_name || '$') = 1)
                    and (select count(*) from information_schema.sessions) = 1
                """;
        List<String> tables = connection.list(row -> quoted(row.getString(1)), sql);
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
            refill(stored, filler);
        } else if (kind == SchemaChange.Kind.CREATE) {
            createTables();
            wanted.indexes().forEach(this::createIndex);
        }
        connection.update(PUT, wanted.name(), wanted.revision(), wanted.text());
        connection.commit();
    }

    /** What changes a table comes first, for it commits. */
    private void refill(CollectionDefinition stored, Filler filler) {
        CollectionDefinition aside = filler.aside();
        CollectionDefinition there = aside == null ? null : session.definition(aside.name());
        if (aside != null && there == null) {
            new H2Define(session, connection, aside).createTables();
        }
        createTables();
        wanted.indexes().forEach(this::createIndex);
        if (aside != null && there == null) {
            connection.update(PUT, aside.name(), aside.revision(), aside.text());
            there = aside;
        }
        SetAside setAside = there == null ? null : new SetAside(session, stored, there);
        session.forEach(stored, document -> {
            if (setAside != null && filler.setsAside(stored.revision(), document.id(), document.body())) {
                setAside.add(List.of(document));
                session.rememberVersion(stored, document.version());
            } else {
                refill(document, filler.fill(stored.revision(), document.id(), document.body()));
            }
        });
    }

    /** Says that there is no such collection; its tables go when the database is opened next, for a snapshot may read them. */
    static boolean drop(H2Session session, String name) {
        H2Connection connection = session.connection();
        CollectionDefinition stored = session.definition(name);
        if (stored == null) {
            return false;
        }
        session.rememberVersions(stored);
        connection.update("delete from collections where name = utf8tostring(?)", name);
        connection.commit();
        return true;
    }

    /** Another name is other tables, as another revision is. */
    static void rename(H2Session session, String name, String newName) {
        H2Connection connection = session.connection();
        CollectionDefinition stored = session.definition(name);
        if (stored == null) {
            throw SchemaChange.missing(name, connection.config().redactedUrl());
        }
        if (session.definition(newName) != null) {
            throw SchemaChange.taken(name, "collection", newName, connection.config().redactedUrl());
        }
        CollectionDefinition renamed = stored.named(newName);
        H2Define define = new H2Define(session, connection, renamed);
        define.createTables();
        renamed.indexes().forEach(define::createIndex);
        List<StoredRow> rows = session.rows(stored, "");
        while (!rows.isEmpty()) {
            rows.forEach(row -> session.insert(renamed, row.document(), row.values()));
            rows = session.rows(stored, rows.get(rows.size() - 1).id());
        }
        connection.update("delete from collections where name = utf8tostring(?)", name);
        connection.update(PUT, newName, renamed.revision(), renamed.text());
        connection.commit();
    }

    private void createTables() {
        String fields = wanted.fields().stream()
                .map(field -> ", " + quoted(field.name()) + " " + type(field))
                .collect(Collectors.joining());
        create(table(wanted), "id varbinary primary key, version bigint not null, created_at bigint not null,"
                + " body clob not null" + fields);
        String items = "id varbinary references " + table(wanted) + " on delete cascade, item varbinary not null,"
                + " primary key (id, item)";
        wanted.manies().forEach(many -> create(beside(wanted, many.name()), items));
    }

    /** Creates a table; an attempt that failed may have left one, which nobody has ever read. */
    private void create(String table, String columns) {
        connection.update("drop table if exists " + table + " cascade; create table " + table + " (" + columns + ")");
    }

    private void createIndex(IndexDefinition index) {
        String field = index.terms().get(0).field();
        String on = wanted.kind(field) == FieldKind.MANY
                ? beside(wanted, field) + " (item, id)"
                : table(wanted) + " (" + order(index.columns()) + ")";
        String name = beside(wanted, "by$" + index.name());
        connection.update("create " + (index.unique() ? "unique " : "") + "index " + name + " on " + on);
    }

    private void refill(StoredDocument document, Content.Body filled) {
        List<Object> values = filled.values();
        for (IndexDefinition index : wanted.indexes()) {
            String other = session.other(wanted, index, document.id(), values);
            if (other != null) {
                throw SchemaChange.duplicates(wanted, index, other, document.id(), null);
            }
        }
        StoredDocument changed =
                new StoredDocument(document.id(), document.version(), document.createdAt(), filled.text());
        session.insert(wanted, changed, values);
    }
}
