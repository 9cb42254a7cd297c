package dev.pagurus.store.spi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that {@link Reads#select} returned.
 *
 * @param rows for each document the values that were asked for, in the scan's order; empty only if no document is left
 * @param next where the scan goes on: the values of the order's terms in the last document; null if no document follows
 */
public record RowChunk(
        List<List<@Nullable Object>> rows, @Nullable List<@Nullable Object> next) {

    /** Collects a chunk until it is full. */
    public static final class Builder {

        private final int most;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private @Nullable List<@Nullable Object> last;
        private boolean full;

        /** Starts an empty chunk of a scan. */
        public Builder(Scan scan) {
            this.most = scan.maxDocuments();
        }

        /** Returns how many rows to ask for: one more than there is room for tells whether any follows. */
        public int limit() {
            return most - rows.size() + 1;
        }

        /** Says whether a row was left out, so that there is nothing more to ask for. */
        public boolean isFull() {
            return full;
        }

        /** Says whether the next row that was found has room; if not, it is left out, and the scan goes on there. */
        public boolean hasRoom() {
            full = rows.size() == most;
            return !full;
        }

        /** Says whether the next row, which has room, leaves none: only its position is needed. */
        public boolean isLast() {
            return rows.size() == most - 1;
        }

        /**
         * Adds a row that has room.
         *
         * @param position the values of the order's terms in its document; not looked at unless it {@linkplain #isLast is the
         *     last}
         */
        public Builder add(List<@Nullable Object> row, List<@Nullable Object> position) {
            rows.add(row);
            last = position;
            return this;
        }

        /** Returns what was collected. */
        public RowChunk build() {
            return new RowChunk(rows, full ? last : null);
        }
    }
}
