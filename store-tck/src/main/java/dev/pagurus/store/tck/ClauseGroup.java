package dev.pagurus.store.tck;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every group of clauses starts from: a store on a new, empty database, and more handles on it for the asking. */
abstract class ClauseGroup {

    /** Where databases come from. */
    final StoreFixture fixture;

    private final Deque<Store> opened = new ArrayDeque<>();

    /** How the store was opened. */
    StoreConfig config;

    /** The store under test. */
    Store store;

    private StoreConfig.Builder builder;
    private Function<StoreConfig, Store> secondHandles;
    private boolean secondHandleOpened;

    ClauseGroup(Supplier<StoreFixture> fixture) {
        this.fixture = fixture.get();
        this.secondHandles = this.fixture::open;
    }

    @BeforeEach
    void openNewDatabase() throws Exception {
        start(unchanged -> {});
    }

    @AfterEach
    void closeAndDrop() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        if (config != null) {
            fixture.dropDatabase(config);
        }
    }

    /** Starts over with another new database, opened with a clock, a time-out or whatever else the test needs. */
    final Store startWith(Consumer<StoreConfig.Builder> change) throws Exception {
        closeAndDrop();
        start(change);
        return store;
    }

    /** Has second handles opened in another way. */
    final void openSecondHandlesBy(Function<StoreConfig, Store> other) {
        secondHandles = other;
    }

    /** Says whether this test would be another one with its second handles in another process. */
    final boolean canUseAnotherProcess() {
        return secondHandleOpened && fixture.severalProcesses();
    }

    /** Opens another handle on the database, in this process or another one; it is closed after the test. */
    final Store second() throws Exception {
        return second(unchanged -> {});
    }

    /** The same with a clock, a time-out or whatever else the test needs. */
    final Store second(Consumer<StoreConfig.Builder> change) throws Exception {
        StoreConfig.Builder again = fixture.secondHandle(builder, store);
        change.accept(again);
        secondHandleOpened = true;
        return opened(secondHandles.apply(again.build()));
    }

    /** Closes the store and opens it again; see {@link StoreFixture#survivesClose()}. */
    final Store reopen() throws Exception {
        if (fixture.survivesClose()) {
            store.close();
            store = open(config);
        } else {
            store = second();
        }
        return store;
    }

    /** The collection of the standard items. */
    final DocumentCollection<Item> items() {
        return store.collection(Item.SCHEMA);
    }

    /** Returns a document that must be there. */
    static <T> Document<T> existing(ReadableCollection<T> collection, String id) {
        return collection.get(id).orElseThrow(() -> new AssertionError("Document '" + id + "' was not found."));
    }

    private void start(Consumer<StoreConfig.Builder> change) throws Exception {
        builder = fixture.newDatabase();
        change.accept(builder);
        config = builder.build();
        store = open(config);
    }

    private Store open(StoreConfig with) {
        return opened(fixture.open(with));
    }

    private Store opened(Store handle) {
        opened.push(handle);
        return handle;
    }
}
