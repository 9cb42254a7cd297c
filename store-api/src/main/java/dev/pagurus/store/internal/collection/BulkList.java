package dev.pagurus.store.internal.collection;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a bulk write that is committed at once. It is filled by the caller's thread, then written, by that thread or by
 * one of its own, and then accounted for by the caller's thread again.
 */
final class BulkList {

    final List<Write> writes = new ArrayList<>();
    final Set<String> ids = new HashSet<>();
    long characters;

    /** How many values are not among the writes, because they are invalid, and the first of them. */
    long invalid;

    final List<BulkResult.Failure> failures = new ArrayList<>();

    private @Nullable Thread thread;
    private @Nullable Seen whole;
    private @Nullable Seen part;
    private @Nullable List<WriteOutcome> outcomes;
    private @Nullable Throwable failure;

    void fail(String id, StoreException reason) {
        invalid++;
        if (failures.size() < BulkResult.MAX_FAILURES) {
            failures.add(new BulkResult.Failure(id, reason));
        }
    }

    void write(Access access) {
        outcomes = writes.isEmpty() ? List.of() : access.writeAll(List.copyOf(writes));
    }

    /** Begins to write on another thread. */
    void begin(Access access) {
        Watch watch = access.watch();
        @Nullable Seen mine = watch.part();
        whole = watch.current();
        part = mine;
        Thread beside = new Thread(
                () -> watch.run(mine, () -> {
                    try {
                        write(access);
                    } catch (Throwable e) {
                        failure = e;
                    }
                }),
                "Pagurus writes " + writes.get(0).collection().name());
        beside.start();
        thread = beside;
    }

    /** Says whether one of these ids is in the other list too. */
    boolean meets(BulkList other) {
        return !Collections.disjoint(ids, other.ids);
    }

    /**
     * Waits until the list was written, or will not be. An interrupt is handed on to the thread that writes: it ends what that
     * one waits for, and nothing else.
     */
    void join() {
        Thread beside = thread;
        if (beside == null) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                beside.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                beside.interrupt();
            }
        }
        thread = null;
        if (whole != null && part != null) {
            whole.add(part);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits, and returns what became of the writes, or throws what the list failed with. */
    List<WriteOutcome> outcomes() {
        join();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (outcomes == null) {
            throw new IllegalStateException("The list was not written.", failure);
        }
        return outcomes;
    }
}
