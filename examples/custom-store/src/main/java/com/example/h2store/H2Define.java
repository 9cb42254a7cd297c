package com.example.h2store;

import static com.example.h2store.H2Columns.beside;
import static com.example.h2store.H2Columns.quoted;
import static com.example.h2store.H2Columns.table;

import dev.pagurus.store.spi.*;
import java.util.*;
import java.util.stream.Collectors;

/**
 * Brings a collection to a definition, under the write lock.
 *
 * <p>H2 commits each statement that changes a table, so the step that must be atomic is another one: a revision gets
 * tables of its own, which nobody looks into until the catalogue names them. Until then the old ones serve readers, and
 * afterwards snapshots that began before, until {@link #dropLeftovers} finds them when the database is opened next.
 */
record H2Define(H2Connection connection, CollectionDefinition wanted) {

    /** @param reads what is stored, on the same connection */
    void run(Reads reads, Filler filler) {
        CollectionDefinition stored = reads.definition(wanted.name());
        if (SchemaChange.between(stored, wanted).kind() == SchemaChange.Kind.NONE) {
            return;
        }
        createTables();
        wanted.indexes().forEach(this::createIndex);
        if (stored != null) {
            reads.forEach(stored, document -> refill(document, filler));
        }
        H2Catalogue.put(connection, wanted);
        connection.commit();
    }

    /** Drops the tables that no definition of the catalogue names, if nobody else is there who might be reading them. */
    static void dropLeftovers(H2Connection connection) {
        if (connection.first(row -> row.getInt(1), "select count(*) from information_schema.sessions") > 1) {
            return;
        }
        Set<String> named = new HashSet<>(Set.of(quoted("collections"), quoted("migrations")));
        for (CollectionDefinition definition : H2Catalogue.all(connection)) {
            named.add(table(definition));
            definition.manies().forEach(many -> named.add(beside(definition, many.name())));
        }
        String sql = "select table_name from information_schema.tables where table_schema = 'pagurus'";
        List<String> tables = connection.list(row -> quoted(row.getString(1)), sql);
        tables.removeAll(named);
        tables.forEach(table -> drop(connection, table));
    }

    private static void drop(H2Connection connection, String table) {
        connection.update("drop table if exists " + table + " cascade");
    }

    private void createTables() {
        String columns = wanted.scalars().stream()
                .map(field -> ", " + quoted(field.name()) + " " + H2Columns.type(field))
                .collect(Collectors.joining());
        // A crash may have left some of this revision, which nobody has ever read.
        drop(connection, table(wanted));
        connection.update("""
                create table %s (id varbinary(255) primary key, version bigint not null,
                    created_at bigint not null, body clob not null%s)
                """.formatted(table(wanted), columns));
        for (FieldDefinition many : wanted.manies()) {
            drop(connection, beside(wanted, many.name()));
            connection.update("""
                    create table %s (id varbinary(255) references %s on delete cascade, item %s, primary key (id, item))
                    """.formatted(beside(wanted, many.name()), table(wanted), H2Columns.type(many)));
        }
    }

    private void createIndex(IndexDefinition index) {
        String field = index.terms().get(0).field();
        String on = wanted.kind(field) == FieldKind.MANY
                ? beside(wanted, field) + " (item, id)"
                : table(wanted) + " (" + H2Session.order(index.columns()) + ")";
        String name = beside(wanted, "by$" + index.name());
        connection.update("create " + (index.unique() ? "unique " : "") + "index " + name + " on " + on);
    }

    private void refill(StoredDocument document, Filler filler) {
        H2Writes writes = new H2Writes(connection);
        List<Object> values = filler.fill(document.id(), document.body());
        H2Writes.Taken taken = writes.taken(wanted, document.id(), values);
        if (taken != null) {
            throw SchemaChange.duplicates(wanted, taken.index(), taken.id(), document.id(), null);
        }
        writes.insert(wanted, document, values);
    }
}
