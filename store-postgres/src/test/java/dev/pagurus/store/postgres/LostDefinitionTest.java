package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that is lost while a collection is defined or upgraded, or a store opened: what is true is found out. */
@Timeout(60)
class LostDefinitionTest {

    private static final String UNDER_THE_LOCK = "advisory_xact_lock";

    private static final LongField<Thing> LENGTH =
            LongField.of("length", thing -> (long) thing.name().length());
    private static final Schema<Thing> NEXT = Thing.SCHEMA.index(LENGTH).revision(2);

    private final PostgresTarget target = Way.server();
    private final String schema = Way.newSchema();
    private Relay relay;

    @BeforeEach
    void startRelay() throws IOException {
        int colon = target.hosts().lastIndexOf(':');
        relay = new Relay(
                target.hosts().substring(0, colon),
                Integer.parseInt(target.hosts().substring(colon + 1)));
    }

    @AfterEach
    void drop() throws SQLException {
        relay.close();
        PostgresServer.run("drop schema if exists " + schema + " cascade");
    }

    private String url() {
        return url("10s");
    }

    private String url(String timeout) {
        return "postgres://" + target.user() + "@localhost:" + relay.port() + "/" + target.database()
                + "?pool.minIdle=0&connect.timeout=2s&timeout=" + timeout + "&schema=" + schema;
    }

    private static void assertWorks(DocumentCollection<Thing> things) {
        things.put("one", new Thing("first"));
        assertThat(things.where(Thing.NAME.eq("first")).count()).isEqualTo(1);
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundDone() {
        try (Store store = Stores.open(url())) {
            relay.cutAnswerTo(UNDER_THE_LOCK, "create table", "commit");
            assertWorks(store.collection(Thing.SCHEMA));
            relay.cutAnswerTo(UNDER_THE_LOCK, "rename", "commit");
            assertThat(store.collection(NEXT).where(LENGTH.eq(5L)).count()).isEqualTo(1);
            assertThat(relay.hasCut()).isTrue();
        }
    }

    @Test
    void aCommitThatNeverArrivedHasChangedNothing() {
        try (Store store = Stores.open(url())) {
            relay.cutBefore(UNDER_THE_LOCK, "create table", "commit");
            Failure.of(
                    UnavailableException.class,
                    () -> store.collection(Thing.SCHEMA),
                    "was lost while collection 'things' was brought to revision 1: ",
                    "I/O error",
                    "Nothing was changed; call collection() again");
            assertWorks(store.collection(Thing.SCHEMA));
            for (String step : new String[] {"$new", "rename"}) {
                relay.cutBefore(UNDER_THE_LOCK, step, "commit");
                Failure.of(
                        UnavailableException.class,
                        () -> store.collection(NEXT),
                        "was lost while collection 'things' was brought to revision 2: ",
                        "Nothing was changed; call collection() again");
                assertWorks(store.collection(Thing.SCHEMA));
            }
            assertThat(store.collection(NEXT).where(LENGTH.eq(5L)).count()).isEqualTo(1);
        }
    }

    /** Cut between batches, before the commit and after it: the bodies are changed once, or not at all. */
    @Test
    void bodiesAreUpgradedOnceOrNotAtAll() {
        Schema<Thing> upgraded = NEXT.upgrade(1, body -> body.replace("\"}", "!\"}"));
        try (Store store = Stores.open(url())) {
            store.collection(Thing.SCHEMA)
                    .insertAll(
                            IntStream.range(0, 2_500).mapToObj(i -> new Thing("t" + i)), Thing::name, OnConflict.FAIL);
            for (String[] words : new String[][] {
                {UNDER_THE_LOCK, "unnest"}, {UNDER_THE_LOCK, "unnest", "unnest"}, {UNDER_THE_LOCK, "rename", "commit"}
            }) {
                relay.cutBefore(words);
                Failure.of(
                        UnavailableException.class,
                        () -> store.collection(upgraded),
                        "was brought to revision 2: ",
                        "Nothing was changed");
                assertThat(store.collection(Thing.SCHEMA).query().list())
                        .allSatisfy(found -> assertThat(found.value().name()).isEqualTo(found.id()));
            }
            relay.cutAnswerTo(UNDER_THE_LOCK, "rename", "commit");
            assertThat(store.collection(upgraded).query().list())
                    .hasSize(2_500)
                    .allSatisfy(found -> assertThat(found.value().name()).isEqualTo(found.id() + "!"));
            assertThat(relay.hasCut()).isTrue();
        }
    }

    @Test
    void whereNobodyCanBeAskedTheOutcomeIsUnknown() {
        try (Store store = Stores.open(url("1s"))) {
            relay.cutAnswerTo(UNDER_THE_LOCK, "create table", "commit");
            relay.admitNobodyAfterTheCut();
            Failure.of(
                    OutcomeUnknownException.class,
                    () -> store.collection(Thing.SCHEMA),
                    "was lost while collection 'things' was brought to revision 1: ",
                    "I/O error",
                    "may have got there or not",
                    "call collection() again");
        }
    }

    @Test
    void anOpeningThatLosesItsConnectionSaysSo() {
        relay.cutAnswerTo(UNDER_THE_LOCK, "commit");
        Failure.of(
                UnavailableException.class,
                () -> Stores.open(url()).close(),
                "was lost while it was opened: ",
                "I/O error",
                "open it again");
        try (Store store = Stores.open(url())) {
            assertWorks(store.collection(Thing.SCHEMA));
        }
    }
}
