package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.documents.PostgresBatchGroup;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;
import dev.pagurus.store.spi.WriteOutcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of writes: each has its own outcome, whatever becomes of the others. */
class PostgresBatchTest {

    private final StoreConfig config = PostgresServer.newDatabase().build();
    private final String schema = config.options().text("schema", "");
    private Store store;
    private DocumentCollection<Ticket> tickets;
    private StoreEngine engine;
    private CollectionDefinition definition;

    @BeforeEach
    public void open() {
        store = Stores.open(config);
        tickets = store.collection(Ticket.SCHEMA);
        engine = PostgresEngine.open(PostgresSettings.of(config));
        definition = engine.definitions().get(0);
    }

    @AfterEach
    void close() throws SQLException {
        engine.close();
        store.close();
        PostgresServer.drop(config);
    }

    private Write write(String id, Precondition precondition, String title, String... tags) {
        return new Write(definition, id, precondition, body(title, null, tags));
    }

    private static Content.Body body(String title, @Nullable Long due, String... tags) {
        return new Content.Body("{\"title\":\"" + title + "\"}", Arrays.asList(title, "open", due, List.of(tags)));
    }

    private Write delete(String id, Precondition precondition) {
        return new Write(definition, id, precondition, new Content.Delete());
    }

    @Test
    void eachKindOfWriteHasItsOutcome() {
        long here = tickets.put("here", Ticket.of("here")).version();
        long there = tickets.put("there", Ticket.of("there")).version();
        tickets.put("doomed", Ticket.of("doomed"));
        long condemned = tickets.put("condemned", Ticket.of("condemned")).version();
        List<WriteOutcome> outcomes = engine.write(List.of(
                write("z", Precondition.NONE, "z"),
                write("here", Precondition.ABSENT, "again"),
                write("a", Precondition.ABSENT, "a"),
                write("there", Precondition.version(there), "there 2"),
                write("missing", Precondition.PRESENT, "m"),
                write("lost", Precondition.version(5), "l"),
                delete("doomed", Precondition.NONE),
                delete("condemned", Precondition.version(condemned)),
                delete("nothing", Precondition.NONE)));
        assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Written.class);
        assertThat(outcomes.get(1)).isEqualTo(new WriteOutcome.DuplicateId());
        assertThat(outcomes.get(2)).isInstanceOf(WriteOutcome.Written.class);
        assertThat(((WriteOutcome.Written) outcomes.get(3)).version()).isGreaterThan(there);
        assertThat(((WriteOutcome.Written) outcomes.get(3)).createdAt()).isEqualTo(there);
        assertThat(outcomes.get(4)).isEqualTo(new WriteOutcome.NotFound());
        assertThat(outcomes.get(5)).isEqualTo(new WriteOutcome.VersionConflict(null));
        assertThat(outcomes.subList(6, 8)).containsOnly(new WriteOutcome.Deleted());
        assertThat(outcomes.get(8)).isEqualTo(new WriteOutcome.NotFound());
        assertThat(tickets.query().list())
                .extracting(document -> document.id())
                .containsExactlyInAnyOrder("a", "here", "there", "z");
        assertThat(engine.write(List.of(
                        write("here", Precondition.version(here - 1), "old"),
                        write("there", Precondition.PRESENT, "there 3"))))
                .first()
                .isEqualTo(new WriteOutcome.VersionConflict(here));
        assertThat(tickets.where(Ticket.TITLE.eq("there 3")).count()).isEqualTo(1);
    }

    @Test
    void valuesArriveAsTheyAre() {
        String[] awkward = {"a\"b", "back\\slash", "{,}", "null", "NULL", " ", "", "é\n"};
        engine.write(List.of(
                write("one", Precondition.NONE, "one", awkward),
                write("none", Precondition.NONE, "none"),
                new Write(definition, "due", Precondition.NONE, body("due", Long.MIN_VALUE, "x"))));
        for (String tag : awkward) {
            assertThat(tickets.where(Ticket.TAGS.contains(tag)).count()).as(tag).isEqualTo(1);
        }
        assertThat(tickets.where(Ticket.TAGS.isEmpty()).count()).isEqualTo(1);
        assertThat(tickets.where(Ticket.DUE.eq(Long.MIN_VALUE)).count()).isEqualTo(1);
        assertThat(tickets.where(Ticket.DUE.isNull()).count()).isEqualTo(2);
    }

    @Test
    void whoViolatesAUniqueIndexIsFoundAndRefused() {
        tickets.put("holder", Ticket.of("taken"));
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            writes.add(write("w" + i, Precondition.NONE, i == 7 || i == 30 ? "taken" : "title " + i));
        }
        List<WriteOutcome> outcomes = engine.write(writes);
        for (int i = 0; i < 50; i++) {
            if (i == 7 || i == 30) {
                assertThat(outcomes.get(i)).isEqualTo(new WriteOutcome.UniqueViolation("title"));
            } else {
                assertThat(outcomes.get(i)).isInstanceOf(WriteOutcome.Written.class);
            }
        }
        assertThat(tickets.query().count()).isEqualTo(49);
    }

    @Test
    void whoIsBlockedIsPostponedAndTheOthersAreDone() {
        tickets.put("held", Ticket.of("held"));
        tickets.put("free", Ticket.of("free"));
        store.runTransaction(tx -> {
            tx.collection(Ticket.SCHEMA).put("held", Ticket.of("held").due(2));
            List<WriteOutcome> outcomes = engine.write(List.of(
                    write("free", Precondition.PRESENT, "free 2"),
                    write("held", Precondition.NONE, "held 2"),
                    delete("new", Precondition.NONE),
                    write("other", Precondition.ABSENT, "other")));
            assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Written.class);
            assertThat(outcomes.get(1)).isEqualTo(new WriteOutcome.Postponed());
            assertThat(outcomes.get(2)).isEqualTo(new WriteOutcome.NotFound());
            assertThat(outcomes.get(3)).isInstanceOf(WriteOutcome.Written.class);
            assertThat(engine.write(List.of(write("held", Precondition.NONE, "held 2"))))
                    .containsExactly(new WriteOutcome.Postponed());
        });
        assertThat(tickets.get("held").orElseThrow().value().due()).isEqualTo(2);
    }

    @Test
    void anOldDefinitionFailsForItsWritersOnly() {
        store.collection(Ticket.SCHEMA.revision(2));
        CollectionDefinition newer = engine.definitions().get(0);
        List<WriteOutcome> outcomes = engine.write(List.of(
                write("old", Precondition.NONE, "old"),
                new Write(newer, "new", Precondition.NONE, body("new", 1L)),
                write("older", Precondition.PRESENT, "older")));
        assertThat(outcomes.get(0)).isEqualTo(new WriteOutcome.StaleRevision(2));
        assertThat(outcomes.get(1)).isInstanceOf(WriteOutcome.Written.class);
        assertThat(outcomes.get(2)).isEqualTo(new WriteOutcome.StaleRevision(2));
    }

    @Test
    void ifTheConnectionDiesNobodyIsToldThatNothingHappened() throws Exception {
        PostgresServer.run("""
                create function %1$s.wait() returns trigger language plpgsql as $$
                begin perform pg_sleep(60); return new; end $$;
                create trigger wait before insert on %1$s.tickets for each row execute function %1$s.wait();
                """.formatted(schema));
        CompletableFuture<List<WriteOutcome>> both = CompletableFuture.supplyAsync(
                () -> engine.write(List.of(write("a", Precondition.NONE, "a"), write("b", Precondition.NONE, "b"))));
        String waiting = " from pg_stat_activity where wait_event = 'PgSleep' and query like '%" + schema + "%'";
        Waiting.until(
                "the batch to be under way",
                () -> PostgresWaits.answer("select count(*)" + waiting).equals("1"));
        PostgresServer.run("select pg_terminate_backend(pid)" + waiting);
        assertThatThrownBy(both::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void manySetsOfTextsAreOneText() {
        assertThat(PostgresBatchGroup.arrayLiteral(List.of())).isEqualTo("{}");
        assertThat(PostgresBatchGroup.arrayLiteral(List.copyOf(Set.of("a\"\\"))))
                .isEqualTo("{\"a\\\"\\\\\"}");
    }
}
