package dev.pagurus.store.internal.engine;

import dev.pagurus.store.internal.value.FieldCodec;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every engine's answer must be like, checked in constant time an answer, so that a broken store is named at once. */
final class Rules {

    private static final Comparator<@Nullable Object> NULLS_FIRST = Comparator.nullsFirst(FieldCodec::compare);

    private static final int LONGEST_POSITION = 10_000;

    private final String engine;

    Rules(String engine) {
        this.engine = engine;
    }

    List<WriteOutcome> checkOutcomes(List<Write> writes, List<WriteOutcome> outcomes, boolean mayPostpone) {
        if (outcomes.size() != writes.size()) {
            throw broken("it answered " + writes.size() + " writes with " + outcomes.size() + " outcomes");
        }
        for (int i = 0; i < outcomes.size(); i++) {
            checkOutcome(writes.get(i), outcomes.get(i), mayPostpone);
        }
        return outcomes;
    }

    WriteOutcome checkOutcome(Write write, @Nullable WriteOutcome outcome, boolean mayPostpone) {
        boolean allowed =
                outcome instanceof WriteOutcome.Postponed ? mayPostpone : outcome != null && isPossible(write, outcome);
        if (outcome == null || !allowed) {
            throw broken("the outcome " + outcome + " is not possible for a write with " + write.precondition()
                    + " of a " + write.content().getClass().getSimpleName());
        }
        return outcome;
    }

    /** A body of the new revision, or of one that cannot be, would go through upgrades that are not its own. */
    Filler checked(CollectionDefinition wanted, Filler filler) {
        return new Filler() {
            @Override
            public Content.Body fill(int from, String id, String body) {
                requireOlder(wanted, from);
                return filler.fill(from, id, body);
            }

            @Override
            public boolean setsAside(int from, String id, String body) {
                requireOlder(wanted, from);
                return filler.setsAside(from, id, body);
            }

            @Override
            public void begin(CollectionDefinition stored) {
                filler.begin(stored);
            }

            @Override
            public @Nullable CollectionDefinition aside() {
                return filler.aside();
            }
        };
    }

    private void requireOlder(CollectionDefinition wanted, int from) {
        if (from < 1 || from >= wanted.revision()) {
            throw broken("it brings documents of collection '" + wanted.name() + "' from revision " + from + " to "
                    + wanted.revision());
        }
    }

    List<StoredDocument> checkFound(List<String> ids, List<StoredDocument> documents) {
        if (documents.size() > ids.size()) {
            throw broken("it found " + documents.size() + " documents for " + ids.size() + " ids");
        }
        if (ids.size() == 1 && !documents.isEmpty() && !documents.get(0).id().equals(ids.get(0))) {
            throw broken("it found another document than was asked for");
        }
        return documents;
    }

    Chunk checkChunk(Scan scan, Chunk chunk) {
        if (chunk.documents().size() > scan.maxDocuments()) {
            throw broken("it returned more documents than the scan's limit");
        }
        @Nullable List<@Nullable Object> next = chunk.next();
        if (next == null) {
            return chunk;
        }
        if (chunk.documents().isEmpty()) {
            throw broken("it returned an empty chunk with a next position");
        }
        if (next.size() != scan.order().size() || !isOfLast(next, scan, chunk)) {
            throw broken("its next position is not that of the chunk's last document");
        }
        if (!isAfter(next, startOf(scan), scan.order())) {
            throw broken("its next position does not come after the scan's own, so that the scan might never end");
        }
        return chunk;
    }

    RowChunk checkSelected(Scan scan, List<String> fields, RowChunk chunk) {
        if (chunk.rows().size() > scan.maxDocuments()) {
            throw broken("it returned more rows than the scan's limit");
        }
        @Nullable List<@Nullable Object> next = chunk.next();
        if (chunk.rows().isEmpty()) {
            if (next != null) {
                throw broken("it returned no rows with a next position");
            }
            return chunk;
        }
        List<@Nullable Object> first = chunk.rows().get(0);
        if (first.size() != fields.size()) {
            throw broken("it returned a row without the value of each field that was asked for");
        }
        for (int i = 0; i < fields.size(); i++) {
            FieldKind kind = scan.collection().kind(fields.get(i));
            if (!isOf(kind, first.get(i))) {
                throw broken("what it returned in a row for the field '" + fields.get(i) + "' is no " + kind);
            }
        }
        if (next != null && (next.size() != scan.order().size() || !isAfter(next, startOf(scan), scan.order()))) {
            throw broken("its next position does not come after the scan's own, so that the scan might never end");
        }
        return chunk;
    }

    /** All of them, for whoever copies relies on the order. */
    List<StoredRow> checkRows(CollectionDefinition collection, String after, List<StoredRow> rows) {
        String last = after;
        for (StoredRow row : rows) {
            if (Texts.compare(row.id(), last) <= 0) {
                throw broken("it returned rows that are not in order of id");
            }
            last = row.id();
        }
        return checkFields(collection, rows);
    }

    /** All of them, for whoever copies adds what it gets to another store. */
    List<StoredRow> checkRows(CollectionDefinition collection, List<String> ids, List<StoredRow> rows) {
        Set<String> asked = new HashSet<>(ids);
        for (StoredRow row : rows) {
            if (!asked.remove(row.id())) {
                throw broken("it returned a row twice, or one that was not asked for");
            }
        }
        return checkFields(collection, rows);
    }

    private List<StoredRow> checkFields(CollectionDefinition collection, List<StoredRow> rows) {
        for (StoredRow row : rows) {
            if (row.values().size() != collection.fields().size()) {
                throw broken("it returned a row without the value of each field");
            }
        }
        return collection.manies().isEmpty()
                ? rows
                : rows.stream().map(Rules::sorted).toList();
    }

    /** The texts of a many-field are a set, which an engine returns in any order. */
    private static StoredRow sorted(StoredRow row) {
        List<@Nullable Object> values = new ArrayList<>(row.values());
        values.replaceAll(value -> value instanceof List<?> texts
                ? texts.stream().map(String::valueOf).sorted(Texts::compare).toList()
                : value);
        return new StoredRow(row.document(), values);
    }

    ChangeChunk checkChanges(ChangeScan scan, ChangeChunk chunk) {
        if (chunk.changes().size() > scan.maxChanges()) {
            throw broken("it returned more changes than the limit");
        }
        if (chunk.changes().isEmpty() && !chunk.complete()) {
            throw broken("it returned no changes, and says that there are more");
        }
        checkPosition(chunk.position());
        if (!chunk.complete() && chunk.position().equals(scan.after())) {
            throw broken("the position after some changes is the one before them, so that a reader would never end");
        }
        return chunk;
    }

    String checkPosition(String position) {
        if (position.isEmpty() || position.length() > LONGEST_POSITION) {
            throw broken("it returned a position of " + position.length() + " characters");
        }
        return position;
    }

    /** What is said of it above the SPI is about this filter. */
    ScanPlan checkPlan(Scan scan, ScanPlan plan) {
        List<Condition> parts = IndexPaths.parts(scan.filter());
        if (plan.way() != null && !plan.way().paths().stream().allMatch(path -> parts.containsAll(path.bounds()))) {
            throw broken("it would find documents by what was not asked for");
        }
        return plan;
    }

    long checkCount(long count) {
        if (count < 0) {
            throw broken("it counted " + count + " documents");
        }
        return count;
    }

    private static boolean isOf(FieldKind kind, @Nullable Object value) {
        return switch (kind) {
            case TEXT -> value == null || value instanceof String;
            case LONG, INSTANT -> value == null || value instanceof Long;
            case DOUBLE -> value == null || value instanceof Double;
            case BOOLEAN -> value == null || value instanceof Boolean;
            case MANY -> value instanceof List;
        };
    }

    /** Returns the position that a scan starts after, which its first range holds in full; null at the beginning. */
    private static @Nullable List<@Nullable Object> startOf(Scan scan) {
        Range first = scan.ranges().get(0);
        if (!(first.tail() instanceof Range.Tail.After after)) {
            return null;
        }
        List<@Nullable Object> position = new ArrayList<>(first.equal());
        position.addAll(after.values());
        return position;
    }

    private static boolean isAfter(
            List<@Nullable Object> next, @Nullable List<@Nullable Object> start, List<Sort> order) {
        for (int i = 0; start != null && i < order.size(); i++) {
            int compared = NULLS_FIRST.compare(next.get(i), start.get(i));
            if (compared != 0) {
                return order.get(i).descending() ? compared < 0 : compared > 0;
            }
        }
        return start == null;
    }

    private static boolean isOfLast(List<@Nullable Object> next, Scan scan, Chunk chunk) {
        String last = chunk.documents().get(chunk.documents().size() - 1).id();
        for (int i = 0; i < next.size(); i++) {
            if (scan.order().get(i).field().equals("id")) {
                return last.equals(next.get(i));
            }
        }
        return false;
    }

    private static boolean isPossible(Write write, WriteOutcome outcome) {
        boolean delete = write.content() instanceof Content.Delete;
        Write.Precondition.Kind precondition = write.precondition().kind();
        @Nullable Long asked = write.precondition().version();
        if (outcome instanceof WriteOutcome.Written written) {
            return !delete && (asked == null || written.version() > asked);
        }
        if (outcome instanceof WriteOutcome.Deleted) {
            return delete;
        }
        if (outcome instanceof WriteOutcome.DuplicateId) {
            return precondition == Write.Precondition.Kind.ABSENT;
        }
        if (outcome instanceof WriteOutcome.VersionConflict conflict) {
            return asked != null && !asked.equals(conflict.current());
        }
        if (outcome instanceof WriteOutcome.NotFound) {
            return precondition == Write.Precondition.Kind.PRESENT
                    || (delete && precondition == Write.Precondition.Kind.NONE);
        }
        return outcome instanceof WriteOutcome.StaleRevision
                || (outcome instanceof WriteOutcome.UniqueViolation && !delete);
    }

    private IllegalStateException broken(String how) {
        return new IllegalStateException("The store for " + engine + " broke a rule of the SPI: " + how
                + ". This is a bug in that store; its TCK would show it.");
    }
}
