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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bulk write: takes values from a stream, writes them in chunks, and keeps the account. */
final class Bulk<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Bulk.class);

    /** Enough that the round trip and the commit of a chunk do not count, and that others need not wait long for it. */
    private static final int CHUNK_DOCUMENTS = 2_000;

    private static final long PROGRESS_EVERY = 100_000;

    private final Mapping<T> mapping;
    private final Access access;
    private final Write.Precondition precondition;
    private final OnConflict onConflict;

    private final List<Write> chunk = new ArrayList<>();
    private final Set<String> chunkIds = new HashSet<>();
    private long chunkCharacters;
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
                if (chunk.size() == CHUNK_DOCUMENTS || chunkCharacters >= Scan.CHUNK_BYTES) {
                    flush();
                }
            }
            flush();
        }
        return new BulkResult(written, skipped, failed, failures);
    }

    private void add(@Nullable String given, @Nullable T value) {
        try {
            if (value == null) {
                throw new InvalidValueException("A value of a bulk write is null; use delete to have no document.");
            }
            String id = mapping.checkId(given);
            Content.Body body = mapping.encode(id, value);
            if (!chunkIds.add(id)) {
                throw new InvalidValueException("The id '" + id + "' is given twice. Give each document once.");
            }
            chunk.add(new Write(mapping.definition(), id, precondition, body));
            chunkCharacters += body.text().length();
        } catch (InvalidValueException e) {
            fail(String.valueOf(given), e);
        }
    }

    private void flush() {
        if (chunk.isEmpty()) {
            return;
        }
        List<WriteOutcome> outcomes = access.writeAll(List.copyOf(chunk));
        for (int i = 0; i < outcomes.size(); i++) {
            account(chunk.get(i), outcomes.get(i));
        }
        long done = written + skipped + failed;
        if (done / PROGRESS_EVERY > (done - chunk.size()) / PROGRESS_EVERY) {
            LOG.info(
                    "Collection '{}': {} documents written, {} skipped, {} failed",
                    mapping.definition().name(),
                    written,
                    skipped,
                    failed);
        }
        chunk.clear();
        chunkIds.clear();
        chunkCharacters = 0;
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
            fail(write.id(), failure);
        }
    }

    private void fail(String id, StoreException reason) {
        failed++;
        if (failures.size() < BulkResult.MAX_FAILURES) {
            failures.add(new BulkResult.Failure(id, reason));
        }
    }
}
