package dev.pagurus.store;

/**
 * Is told of each call that a store was asked for, when it is over: what it was, how long it took and where, and whether it
 * failed. Set by {@link StoreConfig.Builder#listener}.
 *
 * <pre>{@code
 * StoreConfig config = StoreConfig.builder(url)
 *         .listener(call -> registry.timer("store", "operation", call.operation(), "collection", call.collection())
 *                 .record(call.total()))
 *         .build();
 * }</pre>
 *
 * <p>It is called by the thread that made the call, before that gets its answer, and by many threads at a time: so it should
 * be quick, and hand on what takes long. Inside of a transaction it is told of each call while the transaction is open, which
 * a slow one keeps open for longer. It changes no answer: what it throws is logged once for each store, as a warning, and goes
 * no further. What it asks of the same store is not told to it, and is refused within a transaction or snapshot.
 *
 * <p>The same is to be had without any code: as the event {@code dev.pagurus.StoreCall} of the JDK Flight Recorder, and as
 * lines in the log about what was slow, by {@link StoreConfig.Builder#slow}.
 */
@FunctionalInterface
public interface StoreListener {

    /** Is told of a call that is over. */
    void called(StoreCall call);
}
