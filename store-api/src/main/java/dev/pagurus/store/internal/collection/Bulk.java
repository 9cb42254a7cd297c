package dev.pagurus.store.internal.collection;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bulk write: takes values from a stream, writes them in lists, and keeps the account.
 *
 * <p>Values are taken, and made into text, by the thread of the caller. On a store, other threads write the lists that are
 * full meanwhile: the codec need not wait for the database, nor the database for the codec. Lists that are under way at the
 * same time have no id in common, and there is one at a time where values are unique, so that all happens as if they came
 * one after the other. No such thread is left when this returns or throws.
 */
final class Bulk<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Bulk.class);

    /** Enough that the round trip and the commit of a chunk do not count, and that others need not wait long for it. */
    private static final int CHUNK_DOCUMENTS = 2_000;

    /**
     * So many later on. Where ids or values come in no order, a chunk lies all over the indexes, and each page of them that it
     * touches is written with it: the more documents share a page, the less there is to write.
     */
    private static final int MOST_DOCUMENTS = 16_000;

    /** What part of all that came before a chunk may be. */
    private static final int SHARE = 8;

    private static final long PROGRESS_EVERY = 100_000;

    private final Mapping<T> mapping;
    private final Access access;
    private final Write.Precondition precondition;
    private final OnConflict onConflict;

    private final Deque<BulkList> underWay = new ArrayDeque<>();
    private BulkList chunk = new BulkList();
    private long flushed;
    private long written;
    private long skipped;
    private long failed;
    private final List<BulkResult.Failure> failures = new ArrayList<>();

    Bulk(Mapping<T> mapping, Access access, Write.Precondition precondition, OnConflict onConflict) {
        this.mapping = mapping;
        this.access = access;
        this.precondition = precondition;
        this.onConflict = Objects.requireNonNull(onConflict, "onConflict");
    }

    BulkResult run(Stream<? extends T> values, Function<? super T, String> id) {
        Objects.requireNonNull(id, "id");
        try (Stream<? extends T> given = Objects.requireNonNull(values, "values")) {
            Iterator<? extends T> iterator = given.iterator();
            while (iterator.hasNext()) {
                T value = iterator.next();
                add(value == null ? null : id.apply(value), value);
                if (chunk.writes.size() == full() || chunk.characters >= Scan.CHUNK_BYTES) {
                    flush();
                }
            }
            settle(0);
            chunk.write(access);
            account(chunk);
        } finally {
            underWay.forEach(BulkList::join);
        }
        return new BulkResult(written, skipped, failed, failures);
    }

    private int full() {
        return (int) Math.max(CHUNK_DOCUMENTS, Math.min(MOST_DOCUMENTS, flushed / SHARE));
    }

    private void add(@Nullable String given, @Nullable T value) {
        try {
            if (value == null) {
                throw new InvalidValueException("A value of a bulk write is null; use delete to have no document.");
            }
            String id = mapping.checkId(given);
            Content.Body body = mapping.encode(id, value);
            if (!chunk.ids.add(id)) {
                throw new InvalidValueException("The id '" + id + "' is given twice. Give each document once.");
            }
            chunk.writes.add(new Write(mapping.definition(), id, precondition, body));
            chunk.characters += body.text().length();
        } catch (InvalidValueException e) {
            chunk.fail(String.valueOf(given), e);
        }
    }

    /** Has the full list written: beside this thread if there may be one, and nobody wants this one to end its waiting. */
    private void flush() {
        flushed += chunk.writes.size();
        int most = access.listsBeside();
        if (most == 0 || Thread.currentThread().isInterrupted()) {
            settle(0);
            chunk.write(access);
            account(chunk);
        } else {
            settle(mapping.definition().hasUnique() || underWay.stream().anyMatch(chunk::meets) ? 0 : most - 1);
            chunk.begin(access);
            underWay.add(chunk);
        }
        chunk = new BulkList();
    }

    /** Accounts for the eldest lists until so many are left. */
    private void settle(int left) {
        while (underWay.size() > left) {
            account(underWay.remove());
        }
    }

    private void account(BulkList list) {
        List<WriteOutcome> outcomes = list.outcomes();
        long before = written + skipped + failed;
        failed += list.invalid;
        list.failures.forEach(this::note);
        for (int i = 0; i < outcomes.size(); i++) {
            account(list.writes.get(i), outcomes.get(i));
        }
        long done = written + skipped + failed;
        if (done / PROGRESS_EVERY > before / PROGRESS_EVERY) {
            LOG.info(
                    "Collection '{}': {} documents written, {} skipped, {} failed",
                    mapping.definition().name(),
                    written,
                    skipped,
                    failed);
        }
    }

    private void account(Write write, WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Written) {
            written++;
            return;
        }
        StoreException failure = Outcomes.failure(write, outcome);
        if (failure instanceof SchemaException) {
            throw failure;
        }
        if (onConflict == OnConflict.SKIP) {
            skipped++;
        } else {
            failed++;
            note(new BulkResult.Failure(write.id(), failure));
        }
    }

    private void note(BulkResult.Failure failure) {
        if (failures.size() < BulkResult.MAX_FAILURES) {
            failures.add(failure);
        }
    }
}
