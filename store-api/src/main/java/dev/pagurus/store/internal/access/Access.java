package dev.pagurus.store.internal.access;

import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Reads;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.List;
import java.util.function.Function;

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

    /** Deletes all that match in one step. */
    long deleteAll(CollectionDefinition collection, Condition filter);

    /** Returns the patience of one operation that reads, changes and writes. */
    Retry retry(String what);
}
