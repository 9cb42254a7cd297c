package dev.pagurus.store.internal;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a collection has from one id on to another.
 *
 * @param after the id that it begins behind
 * @param rows what it is to hold, in order of id, the last of which ends it; none if it goes on to the collection's end
 */
record Stretch(CollectionDefinition collection, String after, List<StoredRow> rows) {

    private @Nullable String last() {
        return rows.isEmpty() ? null : rows.get(rows.size() - 1).id();
    }

    /** Makes a target hold it: what is equal stays, what differs goes, and what is missing comes. */
    void bring(EngineSession session) {
        @Nullable String last = last();
        Map<String, StoredRow> wanted = new HashMap<>();
        rows.forEach(row -> wanted.put(row.id(), row));
        String position = after;
        boolean more = true;
        while (more) {
            List<StoredRow> there = session.rows(collection, position);
            List<Write> wrong = new ArrayList<>();
            for (StoredRow row : there) {
                more = last == null || Texts.compare(row.id(), last) <= 0;
                if (!more) {
                    break;
                }
                if (!row.equals(wanted.get(row.id()))) {
                    wrong.add(new Write(collection, row.id(), Write.Precondition.NONE, new Content.Delete()));
                } else {
                    wanted.remove(row.id());
                }
                position = row.id();
            }
            more = more && !there.isEmpty();
            if (!wrong.isEmpty()) {
                session.write(wrong);
            }
        }
        List<StoredRow> missing =
                rows.stream().filter(row -> wanted.containsKey(row.id())).toList();
        if (!missing.isEmpty()) {
            session.load(collection, missing);
        }
    }

    /** Deletes what a target holds behind it, and counts that. */
    long dropBeyond(EngineSession session) {
        @Nullable String last = last();
        return last == null
                ? 0
                : session.deleteAll(collection, new Condition.Compare("id", Condition.Operator.GT, last));
    }
}
