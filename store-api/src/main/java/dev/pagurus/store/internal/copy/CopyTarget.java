package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.StoreEngine;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where a copy goes: a store with the mark of the copy, and how far the copy is, for the message if it breaks off. */
final class CopyTarget {

    private final StoreEngine engine;
    private final Duration timeout;
    private final long maxBodyBytes;
    private final CopyMark mark;
    private String step = "before the first document";

    /**
     * Makes one whose mark is not set yet.
     *
     * @param from what is copied, without secrets
     */
    CopyTarget(StoreEngine engine, StoreConfig config, String from) {
        this.engine = engine;
        this.timeout = config.timeout();
        this.maxBodyBytes = Math.min(config.maxBodyBytes(), engine.info().maxBodyBytes());
        this.mark = new CopyMark(engine, config.timeout(), from);
    }

    StoreEngine engine() {
        return engine;
    }

    String shown() {
        return engine.info().target();
    }

    long maxBodyBytes() {
        return maxBodyBytes;
    }

    CopyMark mark() {
        return mark;
    }

    /** Says what is being done from now on, as the end of a sentence. */
    void isAt(String now) {
        step = now;
    }

    String step() {
        return step;
    }

    /** Changes it in one transaction that renews the mark. */
    void change(Consumer<EngineSession> change) {
        mark.change(change);
    }

    List<CollectionDefinition> definitions() {
        return retried("reading of the copy's target", engine::definitions).stream()
                .filter(one -> !CopyMark.isMark(one))
                .toList();
    }

    <R> R retried(String what, Supplier<R> call) {
        return Retry.untilSerialized(what, timeout, null, call);
    }

    /** Makes a collection; if there is another one of its name, it must be empty, for nobody here can refill it. */
    void define(CollectionDefinition collection) {
        retried("definition of collection '" + collection.name() + "'", () -> {
            engine.define(collection, (from, id, body) -> {
                throw new CopyException("Somebody else writes to collection '" + collection.name() + "' of " + shown()
                        + " while it is copied. Stop that, and run the copy again.");
            });
            return true;
        });
    }

    /** Takes a collection away that the copy itself has made, for the source has it no more. */
    void drop(String collection) {
        change(session -> {});
        retried("removal of collection '" + collection + "'", () -> engine.drop(collection));
    }
}
