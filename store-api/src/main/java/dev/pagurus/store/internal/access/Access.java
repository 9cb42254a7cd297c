package dev.pagurus.store.internal.access;

import dev.pagurus.store.internal.join.Candidates;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Reads;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the calls of a collection go: to the store, each on its own, or into one transaction or snapshot. */
public interface Access {

    /** Makes one call that reads. */
    <R> R read(Function<Reads, R> call);

    /** Gets one document; an empty list if it is not there. */
    List<StoredDocument> get(CollectionDefinition collection, String id);

    /** Makes several calls that read one state. */
    <R> R readOneState(Function<Reads, R> calls);

    /** Does one write. */
    WriteOutcome write(Write write);

    /** Does some writes, each atomic on its own. */
    List<WriteOutcome> writeAll(List<Write> writes);

    /**
     * Says how many lists of writes of one caller may be under way at a time on other threads than its own; 0 if every call
     * must be made on this one. Refuses what {@link #writeAll} would refuse on this thread.
     */
    int listsBeside();

    /**
     * Lets writes wait until others join them, if nobody but this thread can see that: they are made before the next call, or
     * earlier by the caller.
     *
     * @param writes makes the calls; null if none are waiting any more
     * @return false if the writes must be made now
     */
    boolean defersWrites(@Nullable Runnable writes);

    /** Reads documents to be claimed, and keeps them from other threads until they are {@linkplain Candidates#settled settled}. */
    Candidates candidates(Scan scan, Set<String> passed);

    /** Does some writes of which none waits for others: what it would have to wait for is postponed. */
    List<WriteOutcome> tryAll(List<Write> writes);

    /** Deletes all that match in one step. */
    long deleteAll(CollectionDefinition collection, Condition filter);

    /** Returns what sees the calls that are made here. */
    Watch watch();

    /** Returns the patience of one operation that reads, changes and writes. */
    Retry retry(String what);
}
