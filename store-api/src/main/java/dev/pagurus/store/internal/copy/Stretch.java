package dev.pagurus.store.internal.copy;

import dev.pagurus.store.internal.value.Texts;
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
import java.util.Set;

/**
 * A part of a collection in the source of a copy: all documents from one id to another, or no more to the end.
 *
 * @param collection the collection
 * @param after the id before the first one; empty at the beginning
 * @param rows a chunk of documents; none at the end
 * @param kept ids of documents that a target keeps as it has them, whatever the source has
 */
record Stretch(CollectionDefinition collection, String after, List<StoredRow> rows, Set<String> kept) {

    /** Returns the stretch that follows. */
    Stretch before(List<StoredRow> following) {
        return new Stretch(collection, lastId(), following, kept);
    }

    /** Says whether it has no end, and no documents. */
    boolean isLast() {
        return rows.isEmpty();
    }

    /** Returns the documents that a target is to have from the source. */
    List<StoredRow> wanted() {
        return kept.isEmpty()
                ? rows
                : rows.stream().filter(row -> !kept.contains(row.id())).toList();
    }

    private String lastId() {
        return rows.get(rows.size() - 1).id();
    }

    /** Makes a target hold it: what is equal stays, what differs goes, and what is missing comes. */
    void bring(EngineSession target) {
        // What has expired in the target is in the way all the same.
        CollectionDefinition stored = collection.withoutExpiry();
        Map<String, StoredRow> missing = new HashMap<>();
        wanted().forEach(row -> missing.put(row.id(), row));
        String position = after;
        boolean more = true;
        while (more) {
            List<StoredRow> there = target.rows(stored, position);
            List<Write> wrong = new ArrayList<>();
            for (StoredRow row : there) {
                more = isLast() || Texts.compare(row.id(), lastId()) <= 0;
                if (!more) {
                    break;
                }
                position = row.id();
                if (kept.contains(row.id())) {
                    continue;
                }
                if (!row.equals(missing.get(row.id()))) {
                    wrong.add(new Write(stored, row.id(), Write.Precondition.NONE, new Content.Delete()));
                } else {
                    missing.remove(row.id());
                }
            }
            more = more && !there.isEmpty();
            if (!wrong.isEmpty()) {
                target.write(wrong);
            }
        }
        List<StoredRow> load =
                rows.stream().filter(row -> missing.containsKey(row.id())).toList();
        if (!load.isEmpty()) {
            target.load(stored, load);
        }
    }

    /** Deletes what a target holds behind it, and counts that. */
    long dropBeyond(EngineSession target) {
        return isLast()
                ? 0
                : target.deleteAll(
                        collection.withoutExpiry(), new Condition.Compare("id", Condition.Operator.GT, lastId()));
    }

    /** Says which one it is, in a sentence. */
    @Override
    public String toString() {
        String which = isLast() ? "behind the last one" : "'" + rows.get(0).id() + "' to '" + lastId() + "'";
        return "the documents " + which + " of collection '" + collection.name() + "'";
    }
}
