package dev.pagurus.store.internal;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Reads a collection of a source in batches. While one is worked on, another thread reads the next: one database need not
 * wait for the other. The source is nobody else's until this is closed.
 */
final class ReadAhead implements AutoCloseable {

    /** Enough that the commit of a batch hardly counts, and not too much for one. */
    private static final int BATCH_DOCUMENTS = 2_000;

    private final CopySource source;
    private final CollectionDefinition collection;
    private final long maxBodyBytes;
    private CompletableFuture<List<StoredRow>> next;

    ReadAhead(CopySource source, CollectionDefinition collection, long maxBodyBytes) {
        this.source = source;
        this.collection = collection;
        this.maxBodyBytes = maxBodyBytes;
        this.next = begin("");
    }

    private CompletableFuture<List<StoredRow>> begin(String after) {
        return CompletableFuture.supplyAsync(
                () -> read(after), work -> new Thread(work, "Pagurus reads " + collection.name()).start());
    }

    /**
     * Returns the next documents, in order of id; none if none is left.
     *
     * @throws dev.pagurus.store.InvalidValueException if a body is too large
     */
    List<StoredRow> next() {
        try {
            List<StoredRow> rows = next.get();
            if (!rows.isEmpty()) {
                next = begin(rows.get(rows.size() - 1).id());
            }
            return rows;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("The thread was interrupted.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        }
    }

    private List<StoredRow> read(String after) {
        List<StoredRow> batch = new ArrayList<>();
        String last = after;
        long bytes = 0;
        while (batch.size() < BATCH_DOCUMENTS && bytes < Scan.CHUNK_BYTES) {
            List<StoredRow> rows = source.rows(collection, last);
            if (rows.isEmpty()) {
                break;
            }
            for (StoredRow row : rows) {
                String what = "The body of document '" + row.id() + "' in collection '" + collection.name() + "'";
                bytes += Texts.check(row.document().body(), maxBodyBytes, what);
            }
            batch.addAll(rows);
            last = rows.get(rows.size() - 1).id();
        }
        return batch;
    }

    /** Waits until the source is not used any more. */
    @Override
    public void close() {
        next.handle((rows, failure) -> true).join();
    }
}
