package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Document;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.query.Chunks;
import dev.pagurus.store.internal.query.QueryPlan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes every document that matches, in the order of their ids, and overwrites nothing that was written meanwhile. Where
 * writes may wait, as in a transaction, they are made list by list; a function that reads or writes in the same transaction
 * finds those before it made.
 */
final class UpdateAll<T> {

    private static final int LIST_DOCUMENTS = 500;

    private final QueryPlan<T> plan;
    private final Condition condition;
    private final Access access;
    private final UnaryOperator<T> change;

    private List<Write> waiting = new ArrayList<>();
    private long characters;
    private long updated;
    private @Nullable RuntimeException failure;

    UpdateAll(QueryPlan<T> plan, Condition condition, Access access, UnaryOperator<T> change) {
        this.plan = plan;
        this.condition = condition;
        this.access = access;
        this.change = change;
    }

    long run() {
        QueryPlan<T> byId = new QueryPlan<>(plan.mapping(), plan.filters(), condition, List.of(), 0, null, null);
        Chunks<StoredDocument> chunks =
                new Chunks<>(byId, scan -> Chunks.Part.of(access.read(reads -> reads.scan(scan))));
        try {
            while (chunks.hasNext()) {
                update(chunks.next());
            }
        } catch (RuntimeException | Error e) {
            leaveTheEarlierOnesChanged(e);
            throw e;
        }
        flush();
        return updated;
    }

    private void leaveTheEarlierOnesChanged(Throwable cause) {
        try {
            flush();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void update(StoredDocument stored) {
        Write write = write(stored);
        if (failure != null) {
            // The function has swallowed what its own call met.
            throw failure;
        }
        if (write == null) {
            return;
        }
        waiting.add(write);
        characters += stored.body().length();
        if (!access.defersWrites(this::flush) || waiting.size() == LIST_DOCUMENTS || characters >= Scan.CHUNK_BYTES) {
            flush();
        }
    }

    /** Makes the writes that wait. */
    private void flush() {
        access.defersWrites(null);
        List<Write> writes = waiting;
        waiting = new ArrayList<>();
        characters = 0;
        if (writes.isEmpty()) {
            return;
        }
        try {
            List<WriteOutcome> outcomes =
                    writes.size() == 1 ? List.of(access.write(writes.get(0))) : access.writeAll(writes);
            for (int i = 0; i < outcomes.size(); i++) {
                account(writes.get(i), outcomes.get(i));
            }
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** If somebody was faster, changes the document as it is by then, unless it no longer matches or cannot be decoded. */
    private void account(Write first, WriteOutcome firstOutcome) {
        Write write = first;
        WriteOutcome outcome = firstOutcome;
        @Nullable Retry retry = null;
        while (outcome instanceof WriteOutcome.VersionConflict) {
            retry = retry == null ? access.retry("updateAll of document '" + write.id() + "'") : retry;
            retry.pause(null);
            StoredDocument current = read(write.id());
            Write again = current == null ? null : write(current);
            if (again == null) {
                return;
            }
            write = again;
            outcome = access.write(write);
        }
        Outcomes.written(write, outcome);
        updated++;
    }

    /** Returns what is to be written; null if the document cannot be decoded, and stays as it is. */
    private @Nullable Write write(StoredDocument stored) {
        Document<T> document = plan.decode(stored);
        if (document == null) {
            return null;
        }
        T changed = change.apply(document.value());
        if (changed == null) {
            throw new InvalidValueException("The function given to updateAll returned null for document '"
                    + document.id() + "'; use deleteAll to remove documents.");
        }
        return new Write(
                definition(),
                document.id(),
                Write.Precondition.version(document.version()),
                plan.mapping().encode(document.id(), changed));
    }

    private @Nullable StoredDocument read(String id) {
        Condition sameId = new Condition.Compare("id", Condition.Operator.EQ, id);
        QueryPlan<T> one = new QueryPlan<>(
                plan.mapping(), List.of(), new Condition.And(List.of(sameId, condition)), List.of(), 0, null, null);
        List<StoredDocument> found =
                access.read(reads -> reads.scan(one.scan(null, 1))).documents();
        return found.isEmpty() ? null : found.get(0);
    }

    private CollectionDefinition definition() {
        return plan.mapping().definition();
    }
}
