package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a server says whose commit fails on another one, as Citus does it: XX000, with what the other one has said as a
 * warning before. Here a trigger that waits for the commit says it.
 */
@Timeout(120)
class PostgresCommitTest {

    private static final String FAILED = "failure on connection marked as essential: worker:5432";

    private static OwnServer server;

    private HikariDataSource given;
    private Store store;
    private DocumentCollection<Thing> things;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    /** A given DataSource, with which each call ends with a commit of its own, as in a schema that is distributed. */
    @BeforeEach
    void open() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres");
        config.setUsername("postgres");
        given = new HikariDataSource(config);
        store = Stores.open(
                StoreConfig.builder("postgres:?schema=app").dataSource(given).build());
        things = store.collection(Thing.SCHEMA);
        things.put("one", new Thing("first"));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        given.close();
        server.run("drop schema app cascade");
    }

    /**
     * Lets writes fail.
     *
     * @param when {@code deferred} for their commits, {@code immediate} for their statements
     * @param warning the SQLSTATE of the warning before; empty for none
     * @param times how often
     */
    private static void fail(String when, String warning, int times) throws SQLException {
        server.run(
                "create sequence app.tries",
                "create function app.fail() returns trigger language plpgsql as $$ begin if nextval('app.tries') <= "
                        + times + " then "
                        + (warning.isEmpty()
                                ? ""
                                : "raise warning 'could not serialize access' using errcode = '" + warning + "'; ")
                        + "raise exception '" + FAILED + "' using errcode = 'XX000'; end if; return null; end $$",
                "create constraint trigger fails after insert or update on app.things deferrable initially " + when
                        + " for each row execute function app.fail()");
    }

    private Stream<Runnable> writes() {
        return Stream.of(
                () -> things.put("one", new Thing("second")),
                () -> things.putAll(Stream.of(new Thing("a"), new Thing("b")), Thing::name, OnConflict.FAIL),
                () -> store.runTransaction(tx -> tx.collection(Thing.SCHEMA).put("one", new Thing("third"))));
    }

    @Test
    void whetherACommitHappenedThatFailedSomewhereElseIsNotKnown() throws SQLException {
        fail("deferred", "", Integer.MAX_VALUE);
        writes().forEach(write -> Failure.of(
                OutcomeUnknownException.class,
                write::run,
                "A commit on postgres: (a given DataSource) (schema app) failed inside of the server",
                FAILED,
                "may have happened or not",
                "read before trying again"));
    }

    @Test
    void anotherWarningTellsNothing() throws SQLException {
        fail("deferred", "08006", Integer.MAX_VALUE);
        writes().forEach(write -> Failure.of(OutcomeUnknownException.class, write::run, FAILED));
    }

    @Test
    void aCommitThatTheOtherServerRefusedForAConflictIsMadeAgain() throws SQLException {
        fail("deferred", "40001", 1);
        things.put("one", new Thing("second"));
        assertThat(things.get("one").orElseThrow().value()).isEqualTo(new Thing("second"));
        server.run("alter sequence app.tries restart");
        int[] times = new int[1];
        store.runTransaction(tx -> {
            times[0]++;
            tx.collection(Thing.SCHEMA).put("one", new Thing("third"));
        });
        assertThat(times[0]).as("how often it was tried").isEqualTo(2);
        assertThat(things.get("one").orElseThrow().value()).isEqualTo(new Thing("third"));
    }

    @Test
    void aStatementThatFailsLikeThatHasChangedNothing() throws SQLException {
        fail("immediate", "", Integer.MAX_VALUE);
        writes().forEach(write -> Failure.of(
                UnavailableException.class, write::run, "PostgreSQL failed on", FAILED, "Nothing was changed"));
        assertThat(things.get("one").orElseThrow().value()).isEqualTo(new Thing("first"));
    }

    /** A new collection is looked for in the catalogue, whatever its commit said. */
    @Test
    void whetherADefinitionHappenedIsLookedUp() throws SQLException {
        server.run(
                "create function app.fail() returns trigger language plpgsql as $$ begin raise exception '" + FAILED
                        + "' using errcode = 'XX000'; end $$",
                "create constraint trigger fails after insert on app.pagurus_collections deferrable initially deferred"
                        + " for each row execute function app.fail()");
        Failure.of(
                UnavailableException.class,
                () -> store.collection(Ticket.SCHEMA),
                "A commit on postgres: (a given DataSource) (schema app) failed inside of the server while collection 'tickets'",
                FAILED,
                "Nothing was changed",
                "call collection() again");
    }

    @Test
    void whatAServerDoesNotSupportIsNoNewerVersionOfTheApplication() throws SQLException {
        server.run(
                "create function app.fail() returns trigger language plpgsql as $$ begin raise exception 'non-IMMUTABLE"
                        + " functions are not allowed in CASE or COALESCE statements' using errcode = '0A000'; end $$",
                "create trigger fails before insert or update on app.things for each row execute function app.fail()");
        writes().forEach(write -> Failure.of(
                ConfigurationException.class,
                write::run,
                "does not support what the store asks for",
                "non-IMMUTABLE functions",
                "Nothing was changed",
                "store.health()"));
    }

    /** PostgreSQL has the same code for this, and says it in the language of the server. */
    @Test
    void aPlanFromBeforeAnUpgradeIs() throws SQLException {
        askOften();
        server.run("alter table app.things alter column name type varchar(99)");
        Failure.of(SchemaException.class, this::askOften, "'things'", "newer version of this application");
    }

    /** More often than a driver sends the statement itself. */
    private void askOften() {
        for (int i = 0; i < 20; i++) {
            things.query().orderBy(Thing.NAME.asc()).page();
        }
    }
}
