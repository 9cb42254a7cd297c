package dev.pagurus.store.internal.copy;

import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredRow;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first document, in order of id, that two states of a collection do not have alike: their hashes only say that there is one. */
final class FirstDifference {

    private FirstDifference() {}

    /** Returns its id; null if there is none, or no such collection. */
    static @Nullable String find(SessionSource one, SessionSource other, String collection) {
        @Nullable CollectionDefinition mine = one.session().definition(collection);
        @Nullable CollectionDefinition yours = other.session().definition(collection);
        if (mine == null || yours == null) {
            return null;
        }
        Rows here = new Rows(one, mine);
        Rows there = new Rows(other, yours);
        while (true) {
            @Nullable StoredRow left = here.next();
            @Nullable StoredRow right = there.next();
            if (left == null) {
                return right == null ? null : right.id();
            }
            if (right == null) {
                return left.id();
            }
            if (!left.equals(right)) {
                return Texts.compare(left.id(), right.id()) <= 0 ? left.id() : right.id();
            }
        }
    }

    private static final class Rows {

        private final SessionSource source;
        private final CollectionDefinition collection;
        private Iterator<StoredRow> chunk = List.<StoredRow>of().iterator();
        private String last = "";

        Rows(SessionSource source, CollectionDefinition collection) {
            this.source = source;
            this.collection = collection;
        }

        @Nullable
        StoredRow next() {
            if (!chunk.hasNext()) {
                chunk = source.rows(collection, last).iterator();
            }
            if (!chunk.hasNext()) {
                return null;
            }
            StoredRow row = chunk.next();
            last = row.id();
            return row;
        }
    }
}
