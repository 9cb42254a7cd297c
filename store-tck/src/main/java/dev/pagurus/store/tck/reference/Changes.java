package dev.pagurus.store.tck.reference;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.SetAside;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each write and each definition means, in a draft of a state. Each method may be overridden by a broken store. */
public class Changes {

    /** The greatest version that this handle has deleted from each collection. */
    private final Map<String, Long> deleted = new ConcurrentHashMap<>();

    /** Returns what was deleted until now. */
    public Map<String, Long> deleted() {
        return Map.copyOf(deleted);
    }

    /** Does one write, or nothing, as the outcome says. */
    public WriteOutcome write(State draft, Write write, long now) {
        removeExpired(draft, write.collection(), Integer.MAX_VALUE);
        Table table = draft.table(write.collection().name());
        if (table == null || table.definition().revision() != write.collection().revision()) {
            return new WriteOutcome.StaleRevision(
                    table == null ? null : (Integer) table.definition().revision());
        }
        Row old = table.rows().get(write.id());
        WriteOutcome refused = refusal(write, old);
        if (refused != null) {
            return refused;
        }
        if (write.content() instanceof Content.Body body) {
            WriteOutcome outcome = store(draft.changing(table), write.id(), old, body, now);
            WriteOutcome done = old == null && outcome instanceof WriteOutcome.Written written
                    ? raised(draft, draft.changing(table), write.id(), written)
                    : outcome;
            if (done instanceof WriteOutcome.Written written) {
                log(draft, table.definition(), write.id(), written.version());
            }
            return done;
        }
        WriteOutcome outcome = delete(draft.changing(table), old);
        if (old != null && outcome instanceof WriteOutcome.Deleted) {
            log(draft, table.definition(), old.id(), old.version());
        }
        return outcome;
    }

    /** Adds a change to the log, if the collection keeps its changes. */
    public void log(State draft, CollectionDefinition collection, String id, long version) {
        if (collection.retention() != null) {
            draft.changingLog().add(collection.name(), id, version);
        }
    }

    /** Forgets old changes, after some that are about to be committed. */
    public void forget(State draft, LongSupplier now) {
        if (!draft.log().isEmpty()) {
            draft.changingLog().forget(now.getAsLong());
        }
    }

    /** Deletes some documents. */
    public void deleteAll(State draft, Table table, List<Row> rows) {
        rows.forEach(row -> {
            delete(draft.changing(table), row);
            log(draft, table.definition(), row.id(), row.version());
        });
    }

    /** Removes documents that have expired, those first that expired first, and counts them; each write begins with that. */
    public long removeExpired(State draft, CollectionDefinition collection, int most) {
        Table table = draft.table(collection.name());
        if (table == null || table.definition().revision() != collection.revision()) {
            return 0;
        }
        List<Row> expired = table.rows().values().stream()
                .filter(row -> draft.isExpired(collection, row))
                .sorted(Comparator.comparing(row -> (Long) row.value(collection, String.valueOf(collection.expiry()))))
                .limit(most)
                .toList();
        expired.forEach(row -> draft.deletedToo(collection.name(), row.version()));
        deleteAll(draft, table, expired);
        return expired.size();
    }

    /** Gives a new document a version above those that were deleted, if the clock went back. */
    public WriteOutcome raised(State draft, Table table, String id, WriteOutcome.Written written) {
        long version = Math.max(
                written.version(), draft.leastNewVersion(table.definition().name()));
        table.rows()
                .computeIfPresent(id, (same, row) -> new Row(id, version, row.createdAt(), row.body(), row.values()));
        return new WriteOutcome.Written(version, written.createdAt());
    }

    /** Returns why a write is not done; null if what it asks for is so. */
    public @Nullable WriteOutcome refusal(Write write, @Nullable Row old) {
        return switch (write.precondition().kind()) {
            case NONE -> null;
            case ABSENT -> old == null ? null : new WriteOutcome.DuplicateId();
            case PRESENT -> old != null ? null : new WriteOutcome.NotFound();
            case VERSION -> {
                Long current = old == null ? null : (Long) old.version();
                yield write.precondition().equals(precondition(current))
                        ? null
                        : new WriteOutcome.VersionConflict(current);
            }
        };
    }

    /** Stores a body, unless a unique index forbids it. */
    public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
        Row row = row(id, old, body, now);
        for (IndexDefinition index : table.definition().indexes()) {
            if (index.unique() && holder(table.rows(), table.definition(), index, row) != null) {
                return new WriteOutcome.UniqueViolation(index.name());
            }
        }
        table.rows().put(id, row);
        return new WriteOutcome.Written(row.version(), row.createdAt());
    }

    /** Returns what a document becomes: its version grows, whatever the clock does. */
    public Row row(String id, @Nullable Row old, Content.Body body, long now) {
        return old == null
                ? new Row(id, now, now, body.text(), body.values())
                : new Row(id, Math.max(now, old.version() + 1), old.createdAt(), body.text(), body.values());
    }

    /** Deletes a document, if it is there. */
    public WriteOutcome delete(Table table, @Nullable Row old) {
        if (old == null) {
            return new WriteOutcome.NotFound();
        }
        table.rows().remove(old.id());
        deleted.merge(table.definition().name(), old.version(), Math::max);
        return new WriteOutcome.Deleted();
    }

    /** Adds documents as they were in another store. */
    public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
        Table table = Answers.table(draft, collection);
        NavigableMap<String, Row> loaded = draft.changing(table).rows();
        for (StoredRow stored : rows) {
            StoredDocument document = stored.document();
            Row row = new Row(stored.id(), document.version(), document.createdAt(), document.body(), stored.values());
            for (IndexDefinition index : collection.indexes()) {
                if (index.unique() && holder(loaded, collection, index, row) != null) {
                    throw new UnavailableException("The values of '" + index.name() + "' are taken.");
                }
            }
            loaded.put(row.id(), row);
            log(draft, table.definition(), row.id(), row.version());
        }
    }

    /** Returns another document that has the same values in a unique index; null if there is none. */
    public @Nullable Row holder(
            NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
        for (Sort term : index.terms()) {
            if (row.value(definition, term.field()) == null) {
                return null;
            }
        }
        for (Row other : rows.values()) {
            if (!other.id().equals(row.id())
                    && index.terms().stream()
                            .allMatch(term -> Values.compareNullable(
                                            other.value(definition, term.field()), row.value(definition, term.field()))
                                    == 0)) {
                return other;
            }
        }
        return null;
    }

    /** Brings a collection to a definition. */
    public void define(State draft, CollectionDefinition wanted, Filler filler) {
        Table old = draft.table(wanted.name());
        SchemaChange change = SchemaChange.between(old == null ? null : old.definition(), wanted);
        if (change.kind() == SchemaChange.Kind.NONE) {
            return;
        }
        NavigableMap<String, Row> rows = new TreeMap<>();
        if (old != null && change.kind() == SchemaChange.Kind.SHAPE) {
            rows.putAll(old.rows());
        } else if (old != null) {
            filler.begin(old.definition());
            removeExpired(draft, old.definition(), Integer.MAX_VALUE);
            old = Objects.requireNonNull(draft.table(wanted.name()));
            int from = old.definition().revision();
            CollectionDefinition aside = filler.aside();
            List<Row> away = new ArrayList<>();
            old.rows().values().forEach(row -> {
                if (aside != null && filler.setsAside(from, row.id(), row.body())) {
                    away.add(row);
                    return;
                }
                Row filled = fill(from, row, filler);
                refuseDuplicate(rows, wanted, filled);
                rows.put(row.id(), filled);
            });
            if (aside != null) {
                setAside(draft, old.definition(), away, aside);
            }
        }
        draft.put(new Table(wanted, rows));
        draft.changingLog().keep(wanted.name(), wanted.retention());
    }

    /** Puts documents that cannot be filled into another collection, as they are. */
    public void setAside(State draft, CollectionDefinition of, List<Row> away, CollectionDefinition aside) {
        Table there = draft.table(aside.name());
        if (there == null) {
            there = new Table(aside, new TreeMap<>());
            draft.put(there);
        }
        SetAside.requireTexts(of, there.definition());
        NavigableMap<String, Row> texts = draft.changing(there).rows();
        List<StoredDocument> documents = away.stream()
                .map(row -> new StoredDocument(row.id(), row.version(), row.createdAt(), row.body()))
                .toList();
        for (StoredDocument one : SetAside.renamed(documents, ids -> taken(texts, ids))) {
            texts.put(one.id(), new Row(one.id(), one.version(), one.createdAt(), one.body(), List.of()));
            log(draft, there.definition(), one.id(), one.version());
        }
        away.forEach(row -> {
            deleted.merge(of.name(), row.version(), Math::max);
            log(draft, of, row.id(), row.version());
        });
    }

    private static Set<String> taken(NavigableMap<String, Row> rows, List<String> ids) {
        return ids.stream().filter(rows::containsKey).collect(Collectors.toSet());
    }

    /** Takes a collection away, if it is there. */
    public boolean drop(State draft, String name) {
        Table table = draft.table(name);
        if (table == null) {
            return false;
        }
        table.rows().values().forEach(row -> deleted.merge(name, row.version(), Math::max));
        draft.remove(name);
        draft.changingLog().keep(name, null);
        return true;
    }

    /** Gives a collection another name. */
    public void rename(State draft, String name, String newName, String target) {
        Table table = draft.table(name);
        if (table == null) {
            throw SchemaChange.missing(name, target);
        }
        if (draft.table(newName) != null) {
            throw SchemaChange.taken(name, "collection", newName, target);
        }
        draft.remove(name);
        draft.put(new Table(table.definition().named(newName), new TreeMap<>(table.rows())));
        draft.changingLog().rename(name, newName);
        Long version = deleted.get(name);
        if (version != null) {
            deleted.merge(newName, version, Math::max);
        }
    }

    /** Returns a document with its new body and the values of new fields. */
    public Row fill(int from, Row row, Filler filler) {
        Content.Body filled = filler.fill(from, row.id(), row.body());
        return new Row(row.id(), row.version(), row.createdAt(), filled.text(), filled.values());
    }

    /** Refuses a document that has the values of another one in a new unique index. */
    public void refuseDuplicate(NavigableMap<String, Row> rows, CollectionDefinition wanted, Row row) {
        for (IndexDefinition index : wanted.indexes()) {
            Row holder = index.unique() ? holder(rows, wanted, index, row) : null;
            if (holder != null) {
                throw new SchemaException("The unique index '" + index.name() + "' of collection '" + wanted.name()
                        + "' cannot be made: documents '" + holder.id() + "' and '" + row.id()
                        + "' have the same values. Nothing was changed. Change one of them first.");
            }
        }
    }

    private static Write.@Nullable Precondition precondition(@Nullable Long version) {
        return version == null ? null : Write.Precondition.version(version);
    }
}
