package dev.pagurus.store.spi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a scan returned.
 *
 * @param documents the documents, in the scan's order; empty only if no document is left
 * @param next where the scan goes on: the values of the order's terms in the last document; null if no document follows
 */
public record Chunk(
        List<StoredDocument> documents, @Nullable List<@Nullable Object> next) {

    /** Collects a chunk until it is full. */
    public static final class Builder {

        private final Scan scan;
        private final List<StoredDocument> documents = new ArrayList<>();
        private @Nullable List<@Nullable Object> last;
        private long size;
        private boolean full;

        /** Starts an empty chunk of a scan. */
        public Builder(Scan scan) {
            this.scan = scan;
        }

        /** Returns how many documents to ask for: one more than there is room for tells whether any follows. */
        public int limit() {
            return scan.maxDocuments() - documents.size() + 1;
        }

        /** Returns how many bytes of bodies have room; what makes it none is the last document, see {@link Scan#maxBytes}. */
        public long bytesLeft() {
            return scan.maxBytes() - size;
        }

        /** Says whether no document was found so far. */
        public boolean isEmpty() {
            return documents.isEmpty();
        }

        /** Says whether a document was left out, so that there is nothing more to ask for. */
        public boolean isFull() {
            return full;
        }

        /** Says whether the next document that was found has room; if not, it is left out, and the scan goes on there. */
        public boolean hasRoom() {
            full = isEnough(documents.size(), size);
            return !full;
        }

        /** Says whether this document, which has room, would leave none: only its position is needed. */
        public boolean isLast(StoredDocument document) {
            return isEnough(documents.size() + 1, size + document.body().length());
        }

        private boolean isEnough(int count, long bytes) {
            return count == scan.maxDocuments() || bytes >= scan.maxBytes();
        }

        /**
         * Adds a document that has room.
         *
         * @param position the values of the order's terms in it; not looked at unless it {@linkplain #isLast is the last}
         */
        public Builder add(StoredDocument document, List<@Nullable Object> position) {
            documents.add(document);
            size += document.body().length();
            last = position;
            return this;
        }

        /** Returns what was collected. */
        public Chunk build() {
            return new Chunk(documents, full ? last : null);
        }
    }
}
