package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reads {@code transaction_isolation} back inside every kind of operation: a view in place of the collection's table
 * calls a function for each statement that reads or writes it, and the function fails unless the level is the demanded one.
 */
class IsolationLevelTest {

    @BeforeAll
    static void createRole() throws SQLException {
        PostgresServer.run("""
                do $$ begin
                    if not exists (select from pg_roles where rolname = 'pagurus_app') then
                        create role pagurus_app login;
                    end if;
                    execute format('grant create on database %I to pagurus_app', current_database());
                end $$
                """);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyOperationIsSerializable(Way way) throws SQLException {
        String schema = Way.newSchema();
        try (Store store = way.open(PgBouncer.APP, schema)) {
            DocumentCollection<Ticket> tickets = store.collection(Ticket.SCHEMA);
            watch(schema);
            demand(schema, "serializable");
            for (Map.Entry<String, Runnable> operation :
                    operations(store, tickets).entrySet()) {
                operation.getValue().run();
            }
            tickets.put("c", Ticket.of("c"));
            tickets.put("d", Ticket.of("d"));
            // The function is asked each time: with another demand everything fails.
            demand(schema, "repeatable read");
            operations(store, tickets)
                    .forEach((name, operation) -> assertThatThrownBy(operation::run)
                            .as(name)
                            .isInstanceOf(StoreException.class)
                            .hasMessageContaining("the level is serializable"));
        } finally {
            PostgresServer.run("drop schema " + schema + " cascade");
        }
    }

    private static Map<String, Runnable> operations(Store store, DocumentCollection<Ticket> tickets) {
        Map<String, Runnable> operations = new LinkedHashMap<>();
        operations.put("put", () -> tickets.put("a", Ticket.of("a")));
        operations.put("put over it", () -> tickets.put("a", Ticket.of("a").due(2)));
        operations.put("insert", () -> tickets.insert(Ticket.of("b" + System.nanoTime())));
        operations.put("get", () -> tickets.get("a"));
        operations.put("getAll", () -> tickets.getAll(List.of("a", "b")));
        operations.put("exists", () -> tickets.exists("a"));
        operations.put("replace", () -> tickets.replace(tickets.get("a").orElseThrow()));
        operations.put("update", () -> tickets.update("a", ticket -> ticket.due(3)));
        operations.put("compute", () -> tickets.compute("a", found -> Optional.of(Ticket.of("a"))));
        operations.put("list", () -> tickets.query().orderBy(Ticket.DUE.asc()).list());
        operations.put(
                "page", () -> tickets.where(Ticket.STATUS.eq("open")).limit(1).page());
        operations.put("stream", () -> tickets.query().stream().forEach(document -> {}));
        operations.put("count", () -> tickets.query().count());
        operations.put("select", () -> tickets.query().select(Ticket.TITLE).list());
        operations.put("countBy", () -> tickets.query().countBy(Ticket.STATUS));
        operations.put("aggregate", () -> tickets.query().aggregate(Ticket.DUE.sum()));
        operations.put(
                "putAll",
                () -> tickets.putAll(Stream.of(Ticket.of("c"), Ticket.of("d")), Ticket::title, OnConflict.FAIL));
        operations.put("updateAll", () -> tickets.query().updateAll(ticket -> ticket.due(5)));
        operations.put("deleteAll", () -> tickets.where(Ticket.TITLE.eq("d")).deleteAll());
        operations.put("delete", () -> tickets.delete("c"));
        operations.put(
                "snapshot",
                () -> store.snapshot(view -> view.collection(Ticket.SCHEMA).get("a")));
        operations.put(
                "transaction",
                () -> store.transaction(tx -> {
                    DocumentCollection<Ticket> inside = tx.collection(Ticket.SCHEMA);
                    inside.put("e", Ticket.of("e"));
                    return inside.delete("e");
                }));
        return operations;
    }

    private static void watch(String schema) throws SQLException {
        PostgresServer.run("""
                create table %1$s.demand (level text not null);
                insert into %1$s.demand values ('serializable');
                grant select on %1$s.demand to public;
                create function %1$s.is_demanded() returns boolean language plpgsql volatile as $$
                begin
                    if current_setting('transaction_isolation') <> (select level from %1$s.demand) then
                        raise exception 'the level is %%', current_setting('transaction_isolation');
                    end if;
                    return true;
                end $$;
                alter table %1$s.tickets rename to watched;
                create view %1$s.tickets as select ctid, * from %1$s.watched where %1$s.is_demanded() with check option;
                grant all on %1$s.tickets to public;
                """.formatted(schema));
    }

    private static void demand(String schema, String level) throws SQLException {
        PostgresServer.run("update " + schema + ".demand set level = '" + level + "'");
    }
}
