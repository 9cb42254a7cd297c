package dev.pagurus.store.internal.watch;

import dev.pagurus.store.StoreCall;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of one call while it is made; used by one thread at a time. */
public final class Seen {

    final String operation;
    final String collection;
    final String shape;

    /** Says which indexes serve it, at a price. */
    final Supplier<String> indexes;

    /** The call that it is made in. */
    final @Nullable Seen around;

    @Nullable
    Recording recording;

    boolean forgotten;

    @Nullable
    String failure;

    private final long began = System.nanoTime();
    private long queued;
    private long engine;
    private long rows;
    private int repetitions;
    private int joined;
    private @Nullable Instant behindSince;

    /** How many calls of the engine are under way, one in the other, and since when. */
    private int inEngine;

    private long inEngineSince;

    Seen(String operation, String collection, String shape, Supplier<String> indexes, @Nullable Seen around) {
        this.operation = operation;
        this.collection = collection;
        this.shape = shape;
        this.indexes = indexes;
        this.around = around;
    }

    /** It waited for others. */
    public void waited(long nanos) {
        queued += nanos;
    }

    public void entersEngine() {
        if (inEngine++ == 0) {
            inEngineSince = System.nanoTime();
        }
    }

    public void leavesEngine() {
        if (--inEngine == 0) {
            engine += System.nanoTime() - inEngineSince;
        }
    }

    /** It was made by itself or by another thread, which may not have come to it. */
    public void made(long asked, long began, long ended, int together) {
        long now = ended == 0 ? System.nanoTime() : ended;
        queued += (began == 0 ? now : began) - asked;
        engine += began == 0 ? 0 : now - began;
        joined = Math.max(joined, together - 1);
    }

    public void repeated(int times) {
        repetitions += times;
    }

    public int repetitions() {
        return repetitions;
    }

    public void rows(long documents) {
        rows = documents;
    }

    public long rows() {
        return rows;
    }

    public void behindSince(Instant oldest) {
        behindSince = oldest;
    }

    boolean askedNothing() {
        return engine == 0 && inEngine == 0;
    }

    /** Takes what a part of it needed: a call in it, or what another thread did for it. */
    public void add(Seen part) {
        if (inEngine == 0) {
            queued += part.queued;
            engine += part.engine;
        }
        rows += part.rows;
        joined = Math.max(joined, part.joined);
    }

    StoreCall over() {
        return new StoreCall(
                operation,
                collection,
                shape,
                around == null ? "" : around.operation,
                Duration.ofNanos(System.nanoTime() - began),
                Duration.ofNanos(queued),
                Duration.ofNanos(engine),
                rows,
                repetitions,
                joined,
                behindSince,
                failure);
    }
}
