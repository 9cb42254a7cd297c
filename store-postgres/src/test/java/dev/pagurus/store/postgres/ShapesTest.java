package dev.pagurus.store.postgres;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.tck.samples.Entries;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import dev.pagurus.store.tck.samples.QueryShapes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** None of the forty shapes takes more than a small multiple of the best plan for it. */
class ShapesTest {

    private static final int COUNT = 20_000;
    private static final int BODY = 300;

    private static final Asked ASKED = new Asked();
    private static final StoreConfig CONFIG =
            PostgresServer.newDatabase().provider(ASKED).build();
    private static final String SCHEMA = CONFIG.options().text("schema", "");

    private static final Store STORE = Stores.open(CONFIG);
    private static final DocumentCollection<Entry> ENTRIES = STORE.collection(Entry.SCHEMA);
    private static final Connection CONNECTION = PostgresPlans.connect();
    private static final ByHand BY_HAND = new ByHand(
            CONNECTION, new PostgresScans(new PostgresNames(SCHEMA), PostgresInstant.SERVERS), SCHEMA + ".entries");

    @BeforeAll
    static void fill() throws SQLException {
        int[] next = {0};
        ENTRIES.insertAll(Entries.of(COUNT, BODY), entry -> Entries.id(next[0]++), OnConflict.FAIL);
        PostgresServer.run("vacuum analyze " + SCHEMA + ".entries");
    }

    @AfterAll
    static void drop() throws SQLException {
        STORE.close();
        CONNECTION.close();
        PostgresServer.drop(CONFIG);
    }

    static List<QueryShape> shapes() {
        return QueryShapes.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void takesNoMoreThanThreeTimesTheBest(QueryShape shape) throws SQLException {
        if (shape.ask() == QueryShape.Ask.COUNT) {
            shape.on(ENTRIES).count();
            BY_HAND.holdCount(ASKED.counted(), ASKED.filter());
        } else {
            shape.page(ENTRIES, shape.pageBefore(ENTRIES).map(Page::nextCursor).orElse(null));
            BY_HAND.holdPage(ASKED.scan());
        }
    }
}
