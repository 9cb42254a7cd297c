package dev.pagurus.store.internal.copy;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredRow;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Reads a collection of a source chunk by chunk. While one is worked on, a thread of its own reads the next: one database need
 * not wait for the other. Until this is closed, the source is nobody else's.
 */
final class ReadAhead implements AutoCloseable {

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
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    private List<StoredRow> read(String after) {
        List<StoredRow> rows = source.rows(collection, after);
        check(collection, rows, maxBodyBytes);
        return rows;
    }

    /**
     * Refuses bodies that are too large.
     *
     * @return how many UTF-8 bytes they have together
     */
    static long check(CollectionDefinition collection, List<StoredRow> rows, long maxBodyBytes) {
        long bytes = 0;
        for (StoredRow row : rows) {
            String what = "The body of document '" + row.id() + "' in collection '" + collection.name() + "'";
            bytes += Texts.check(row.document().body(), maxBodyBytes, what);
        }
        return bytes;
    }

    /** Waits until the source is not used any more. */
    @Override
    public void close() {
        next.handle((rows, failure) -> true).join();
    }
}
