package dev.pagurus.store.internal.copy;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings documents to the state of a source, in one transaction of the target: what is equal stays, what differs goes, and only
 * then what is missing comes, so that a value that must be unique may have moved from one document to another.
 */
final class Changed {

    private final SessionSource source;
    private final long maxBodyBytes;
    private long documents;
    private long bytes;

    Changed(SessionSource source, long maxBodyBytes) {
        this.source = source;
        this.maxBodyBytes = maxBodyBytes;
    }

    void bring(List<ChangedIds.Chunk> chunks, EngineSession target) {
        documents = 0;
        bytes = 0;
        List<ChangedIds.Chunk> missing = new ArrayList<>();
        for (ChangedIds.Chunk chunk : chunks) {
            List<String> ids = drop(chunk, target);
            if (!ids.isEmpty()) {
                missing.add(new ChangedIds.Chunk(chunk.collection(), ids));
            }
        }
        for (ChangedIds.Chunk chunk : missing) {
            List<StoredRow> rows = source.session().rows(chunk.collection(), chunk.ids());
            bytes += ReadAhead.check(chunk.collection(), rows, maxBodyBytes);
            target.load(chunk.collection().withoutExpiry(), rows);
        }
    }

    /** Deletes those that are not as in the source, and returns which of them the source has. */
    private List<String> drop(ChangedIds.Chunk chunk, EngineSession target) {
        CollectionDefinition collection = chunk.collection();
        CollectionDefinition stored = collection.withoutExpiry();
        Map<String, StoredRow> missing = new LinkedHashMap<>();
        for (StoredRow row : source.session().rows(collection, chunk.ids())) {
            missing.put(row.id(), row);
        }
        List<Write> wrong = new ArrayList<>();
        long gone = 0;
        for (StoredRow row : target.rows(stored, chunk.ids())) {
            if (row.equals(missing.get(row.id()))) {
                missing.remove(row.id());
            } else {
                wrong.add(new Write(stored, row.id(), Write.Precondition.NONE, new Content.Delete()));
                gone += missing.containsKey(row.id()) ? 0 : 1;
            }
        }
        if (!wrong.isEmpty()) {
            target.write(wrong);
        }
        documents += missing.size() + gone;
        return List.copyOf(missing.keySet());
    }

    /** Returns how many documents differed. */
    long documents() {
        return documents;
    }

    /** Returns how many UTF-8 bytes the bodies have of those that were brought over. */
    long bytes() {
        return bytes;
    }
}
