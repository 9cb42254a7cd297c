package dev.pagurus.store.sqlite.sql;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The index over a many-field, which SQLite does not have: a table with a row for each value of each document, in order of
 * value and id. The document's own row has its values too, and triggers keep the table in step with them: so it is written
 * only where values change, and nothing that writes a document needs to know of it.
 */
public final class SqliteManyIndex {

    private final String name;
    private final String table;
    private final String indexed;
    private final String column;

    private SqliteManyIndex(CollectionDefinition collection, IndexDefinition index) {
        this.name = collection.name() + SqliteNames.BY + index.name();
        this.table = quoted(name);
        this.indexed = SqliteNames.table(collection);
        this.column = quoted(index.terms().get(0).field());
    }

    /** Returns it; null if the index is none over a many-field. */
    @Nullable
    public static SqliteManyIndex of(CollectionDefinition collection, IndexDefinition index) {
        return collection.kind(index.terms().get(0).field()).isMany() ? new SqliteManyIndex(collection, index) : null;
    }

    /** What creates it, fills it and keeps it. */
    public String create() {
        return """
                create table %1$s (
                    value text not null,
                    id text not null,
                    primary key (value, id)
                ) strict, without rowid;
                insert into %1$s (value, id)
                    select each$.value, %2$s.id from %2$s, json_each(%2$s.%3$s) each$ order by 1, 2;
                """.formatted(table, indexed, column) + keep();
    }

    /** What keeps it in step. */
    public String keep() {
        return """
                create trigger %4$s after insert on %2$s when new.%3$s <> '[]' begin
                    insert into %1$s (value, id) select value, new.id from json_each(new.%3$s);
                end;
                create trigger %5$s after update of %3$s on %2$s when new.%3$s <> old.%3$s begin
                    delete from %1$s where id = old.id and value in
                        (select value from json_each(old.%3$s) except select value from json_each(new.%3$s));
                    insert into %1$s (value, id)
                        select value, new.id from json_each(new.%3$s)
                        where value not in (select value from json_each(old.%3$s));
                end;
                create trigger %6$s after delete on %2$s when old.%3$s <> '[]' begin
                    delete from %1$s where id = old.id and value in (select value from json_each(old.%3$s));
                end;
                """.formatted(table, indexed, column, trigger("insert"), trigger("update"), trigger("delete"));
    }

    /** What drops it. */
    String drop() {
        return release() + "drop table if exists " + table;
    }

    /** What lets it be as it is. */
    public String release() {
        return "drop trigger if exists %s;\ndrop trigger if exists %s;\ndrop trigger if exists %s;\n"
                .formatted(trigger("insert"), trigger("update"), trigger("delete"));
    }

    private String trigger(String what) {
        return quoted(name + "$" + what);
    }
}
