package dev.pagurus.store.tck.listeners;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.StoreCall;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** A store with a listener that keeps what it is told. */
abstract class ListenerGroup extends ClauseGroup {

    final Queue<StoreCall> told = new ConcurrentLinkedQueue<>();

    /** The standard items of that store. */
    DocumentCollection<Item> items;

    ListenerGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Override
    protected void configure(StoreConfig.Builder config) {
        config.listener(told::add);
    }

    @BeforeEach
    void openItems() {
        items = items();
    }

    /** Returns what is told while something is done, whatever that throws. */
    final List<StoreCall> toldOf(ThrowingCallable work) {
        told.clear();
        attempt(work);
        return List.copyOf(told);
    }

    /** Does something that may be refused. */
    static void attempt(ThrowingCallable work) {
        try {
            work.call();
        } catch (Throwable e) {
            // What it throws is not what these tests are about.
        }
    }

    /** The same, as words. */
    final List<String> saidOf(ThrowingCallable work) {
        return toldOf(work).stream().map(ListenerGroup::said).toList();
    }

    /** All of a call that is the same in each run. */
    static String said(StoreCall call) {
        String where = call.collection().isEmpty() ? "" : " " + call.collection();
        String shape = call.shape().isEmpty() ? "" : " [" + call.shape() + "]";
        String within = call.within().isEmpty() ? "" : " in " + call.within();
        String failure = call.failure() == null ? "" : " " + call.failure();
        return call.operation() + where + shape + within + ": " + call.rows() + failure;
    }
}
