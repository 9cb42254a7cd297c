package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition.Kind;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Group W: writes. */
final class WriteMutants {

    private WriteMutants() {}

    @Breaks(Clause.W1)
    static Mutant anInsertOverwrites() {
        return refusing((write, old) -> write.precondition().kind() != Kind.ABSENT);
    }

    /** As {@code INSERT OR IGNORE} does. */
    @Breaks(Clause.W2)
    static Mutant aPutLeavesTheDocumentThatIsThere() {
        return Mutant.changes(new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                Row row = super.row(id, old, body, now);
                return old == null ? row : new Row(id, row.version(), old.createdAt(), old.body(), old.values());
            }
        });
    }

    @Breaks({Clause.W3, Clause.W6})
    static Mutant theVersionIsNotCompared() {
        return refusing((write, old) -> write.precondition().kind() != Kind.VERSION || old == null);
    }

    @Breaks(Clause.W3)
    static Mutant aLaterVersionIsAsGoodAsTheOneThatIsThere() {
        return refusing((write, old) -> {
            Long version = write.precondition().version();
            return version == null || old == null || version < old.version();
        });
    }

    @Breaks({Clause.W4, Clause.W5})
    static Mutant anUpdateReturnsWhatWasThere() {
        return Mutant.source(
                "internal/collection/TypedCollection",
                "return wanted.map(value -> document(id, value, written));",
                "return found.isPresent() ? found : wanted.map(value -> document(id, value, written));");
    }

    @Breaks(Clause.W4)
    static Mutant anUpdateOfNothingAsksItsFunction() {
        return Mutant.source(
                "internal/collection/TypedCollection",
                "Optional.of(changed(id, change, found.get())) : found);",
                "Optional.of(changed(id, change, found.get())) : Optional.of(change.apply(null)));");
    }

    @Breaks(Clause.W5)
    static Mutant aComputeToNothingKeepsTheDocument() {
        return Mutant.source(
                "internal/collection/TypedCollection",
                "if (found.isEmpty() && wanted.isEmpty()) {",
                "if (wanted.isEmpty()) {");
    }

    @Breaks(Clause.W6)
    static Mutant aDeleteOfNothingSaysThatItWasThere() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome delete(Table table, @Nullable Row old) {
                return old == null ? new WriteOutcome.Deleted() : super.delete(table, old);
            }
        });
    }

    @Breaks(Clause.W7)
    static Mutant aRefusedOverwriteLosesItsTags() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                WriteOutcome outcome = super.store(table, id, old, body, now);
                if (old != null && outcome instanceof WriteOutcome.UniqueViolation) {
                    table.rows().put(id, withTags(old, tags -> List.of()));
                }
                return outcome;
            }
        });
    }

    @Breaks(Clause.W7)
    static Mutant aRefusedDocumentStaysInTheFirstUniqueIndex() {
        NavigableMap<String, Row> refused = new TreeMap<>();
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                WriteOutcome outcome = super.store(table, id, old, body, now);
                if (outcome instanceof WriteOutcome.UniqueViolation) {
                    refused.put(id, row(id, old, body, now));
                }
                return outcome;
            }

            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                Row holder = super.holder(rows, definition, index, row);
                boolean first = index.equals(definition.indexes().get(0));
                return holder != null || !first ? holder : super.holder(refused, definition, index, row);
            }
        });
    }

    @Breaks(Clause.W8)
    static Mutant anOverwriteSetsTheCreationTime() {
        return storing((row, old, now) -> new Row(row.id(), row.version(), now, row.body(), row.values()));
    }

    @Breaks(Clause.W9)
    static Mutant theVersionIsTheClock() {
        return storing((row, old, now) -> new Row(row.id(), now, row.createdAt(), row.body(), row.values()));
    }

    @Breaks(Clause.W10)
    static Mutant theVersionCountsUp() {
        return storing((row, old, now) ->
                old == null ? row : new Row(row.id(), old.version() + 1, row.createdAt(), row.body(), row.values()));
    }

    @Breaks(Clause.W10)
    static Mutant theClockOfTheConfigurationIsNotUsed() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long now() {
                return Micros.of(Instant.now());
            }
        });
    }

    @Breaks(Clause.W10)
    static Mutant theClockIsReadInMilliseconds() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long now() {
                return super.now() / 1000 * 1000;
            }
        });
    }

    /** As a store whose documents know nothing of those that were there before. */
    @Breaks(Clause.W34)
    static Mutant aDocumentThatIsCreatedAgainTakesTheClockAlone() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome raised(State draft, Table table, String id, WriteOutcome.Written written) {
                return written;
            }
        });
    }

    @Breaks(Clause.W34)
    static Mutant deleteAllForgetsTheVersions() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public long deleteAll(CollectionDefinition collection, Condition filter) {
                return read(state -> {
                    Table table = Objects.requireNonNull(state.table(collection.name()));
                    List<Row> matching = engine.answers().matching(state, collection, filter);
                    matching.forEach(row -> state.changing(table).rows().remove(row.id()));
                    return (long) matching.size();
                });
            }
        });
    }

    /** As a statement that adds to the version that was given, and finds that the sum is no number of 64 bits. */
    @Breaks(Clause.W35)
    static Mutant aVersionThatIsTooLargeFailsTheStatement() {
        return Mutant.changes(new Changes() {
            @Override
            public @Nullable WriteOutcome refusal(Write write, @Nullable Row old) {
                Long version = write.precondition().version();
                if (version != null && version > 1L << 62) {
                    throw new UnavailableException("bigint out of range", null);
                }
                return super.refusal(write, old);
            }
        });
    }

    @Breaks(Clause.W11)
    static Mutant aDeletedDocumentIsOnlyMarked() {
        Map<String, Row> marked = new HashMap<>();
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome delete(Table table, @Nullable Row old) {
                if (old != null) {
                    marked.put(old.id(), old);
                }
                return super.delete(table, old);
            }

            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                return super.row(id, old == null ? marked.get(id) : old, body, now);
            }
        });
    }

    @Breaks(Clause.W12)
    static Mutant anOverwriteLeavesTheFields() {
        return storing((row, old, now) ->
                old == null ? row : new Row(row.id(), row.version(), row.createdAt(), row.body(), old.values()));
    }

    @Breaks(Clause.W12)
    static Mutant anOverwriteAddsItsTagsToTheOldOnes() {
        return storing((row, old, now) -> old == null ? row : withTags(row, tags -> both(tags, tagsOf(old))));
    }

    @Breaks(value = Clause.W13, race = true)
    static Mutant theVersionIsComparedBeforeTheLockIsTaken() {
        return lookingFirst(Kind.VERSION);
    }

    @Breaks(value = Clause.W14, race = true)
    static Mutant theIdIsLookedForBeforeTheLockIsTaken() {
        return lookingFirst(Kind.ABSENT);
    }

    @Breaks(Clause.W15)
    static Mutant anExceptionOfTheFunctionIsWrapped() {
        return Mutant.source("internal/collection/TypedCollection", "T changed = change.apply(value);", """
                T changed;
                try {
                    changed = change.apply(value);
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException("The function failed.", e);
                }
                """);
    }

    @Breaks(Clause.W16)
    static Mutant uniqueIndexesAreOrdinaryOnes() {
        return Mutant.changes(new NotUnique());
    }

    @Breaks(Clause.W16)
    static Mutant aUniqueIndexIsOverItsFirstFieldAlone() {
        return Mutant.changes(new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                IndexDefinition first = new IndexDefinition(
                        index.name(), index.unique(), index.terms().subList(0, 1));
                return super.holder(rows, definition, first, row);
            }
        });
    }

    @Breaks(Clause.W16)
    static Mutant aViolationNamesTheWrongDocument() {
        return Mutant.source(
                "internal/collection/Outcomes",
                "collection, write.id(), violation.index()",
                "collection, \"b\", violation.index()");
    }

    @Breaks(Clause.W17)
    static Mutant theLastViolatedIndexIsNamed() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                Row row = row(id, old, body, now);
                IndexDefinition last = null;
                for (IndexDefinition index : table.definition().indexes()) {
                    boolean taken = index.unique() && holder(table.rows(), table.definition(), index, row) != null;
                    last = taken ? index : last;
                }
                return last == null
                        ? super.store(table, id, old, body, now)
                        : new WriteOutcome.UniqueViolation(last.name());
            }
        });
    }

    @Breaks(Clause.W18)
    static Mutant aUniqueViolationWinsOverADuplicateId() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                Table table = draft.table(write.collection().name());
                if (table != null && write.content() instanceof Content.Body body) {
                    Row row = row(write.id(), null, body, now);
                    for (IndexDefinition index : table.definition().indexes()) {
                        if (index.unique() && holder(table.rows(), table.definition(), index, row) != null) {
                            return new WriteOutcome.UniqueViolation(index.name());
                        }
                    }
                }
                return super.write(draft, write, now);
            }
        });
    }

    @Breaks(Clause.W19)
    static Mutant nullsInAUniqueIndexAreEqual() {
        return Mutant.changes(new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                for (Row other : rows.values()) {
                    if (!other.id().equals(row.id())
                            && index.terms().stream()
                                    .allMatch(term -> Objects.equals(
                                            other.value(definition, term.field()),
                                            row.value(definition, term.field())))) {
                        return other;
                    }
                }
                return null;
            }
        });
    }

    @Breaks(Clause.W20)
    static Mutant aDeleteLeavesTheUniqueValue() {
        NavigableMap<String, Row> ghosts = new TreeMap<>();
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome delete(Table table, @Nullable Row old) {
                if (old != null) {
                    ghosts.put(old.id(), old);
                }
                return super.delete(table, old);
            }

            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                Row holder = super.holder(rows, definition, index, row);
                return holder != null ? holder : super.holder(ghosts, definition, index, row);
            }
        });
    }

    @Breaks(Clause.W21)
    static Mutant aDocumentCollidesWithItself() {
        return Mutant.changes(new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                Row nobody = new Row("", row.version(), row.createdAt(), row.body(), row.values());
                return super.holder(rows, definition, index, nobody);
            }
        });
    }

    /** As {@code INSERT OR REPLACE} does. */
    @Breaks(Clause.W21)
    static Mutant aPutRemovesWhoHasItsUniqueValue() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                Row row = row(id, old, body, now);
                for (IndexDefinition index : table.definition().indexes()) {
                    Row holder = index.unique() ? holder(table.rows(), table.definition(), index, row) : null;
                    if (holder != null) {
                        table.rows().remove(holder.id());
                    }
                }
                return super.store(table, id, old, body, now);
            }
        });
    }

    @Breaks(value = Clause.W22, race = true)
    static Mutant uniqueValuesAreLookedForBeforeTheLockIsTaken() {
        return Mutant.engine((database, config) -> new LookingFirst(database, config, new NotUnique()) {
            @Override
            Write later(Write write) {
                return write;
            }
        });
    }

    @Breaks(Clause.W23)
    static Mutant aBatchHoldsOnly400Writes() {
        return batching((writes, engine) -> {
            int most = Math.min(400, writes.size());
            List<WriteOutcome> outcomes = new ArrayList<>(engine.single(writes.subList(0, most)));
            writes.subList(most, writes.size())
                    .forEach(lost -> outcomes.add(new WriteOutcome.Written(engine.now(), engine.now())));
            return outcomes;
        });
    }

    @Breaks(Clause.W24)
    static Mutant oneConflictUndoesTheBatch() {
        return batching((writes, engine) -> {
            List<WriteOutcome> outcomes =
                    engine.write(engine.database().newest().draft(), writes, engine.now());
            boolean conflict = outcomes.stream().anyMatch(outcome -> !(outcome instanceof WriteOutcome.Written));
            return conflict ? outcomes : engine.single(writes);
        });
    }

    @Breaks(Clause.W24)
    static Mutant outcomesComeInAnotherOrder() {
        return batching((writes, engine) -> {
            List<WriteOutcome> outcomes = new ArrayList<>(engine.single(writes));
            Collections.reverse(outcomes);
            return outcomes;
        });
    }

    @Breaks(Clause.W33)
    static Mutant aListIsWrittenInTheOrderOfItsIds() {
        return batching((writes, engine) -> {
            List<Write> sorted =
                    writes.stream().sorted(Comparator.comparing(Write::id)).toList();
            List<WriteOutcome> outcomes = engine.single(sorted);
            return writes.stream()
                    .map(write -> outcomes.get(sorted.indexOf(write)))
                    .toList();
        });
    }

    @Breaks(Clause.W25)
    static Mutant anInvalidValueStopsABulkWrite() {
        return Mutant.source("internal/collection/Bulk", "chunk.fail(String.valueOf(given), e);", "throw e;");
    }

    @Breaks(Clause.W25)
    static Mutant anIdThatIsGivenTwiceIsWrittenTwice() {
        return Mutant.source(
                "internal/collection/Bulk", "if (!chunk.ids.add(id)) {", "if (chunk.ids.contains(\"\")) {");
    }

    @Breaks(Clause.W26)
    static Mutant theStreamIsNotClosed() {
        return Mutant.source(
                "internal/collection/Bulk",
                "try (Stream<? extends T> given = Objects.requireNonNull(values, \"values\")) {",
                "Stream<? extends T> given = Objects.requireNonNull(values, \"values\");\n try {");
    }

    @Breaks(Clause.W26)
    static Mutant theWholeStreamIsOneBatch() {
        return Mutant.source(
                "internal/collection/Bulk",
                "if (chunk.writes.size() == full()",
                "if (chunk.writes.size() == 1_000_000");
    }

    @Breaks(Clause.W27)
    static Mutant madeIdsAreRandom() {
        return Mutant.source("Ids", "return new UUID(high, low).toString();", "return UUID.randomUUID().toString();");
    }

    @Breaks(Clause.W27)
    static Mutant idsAreMadeOfTheClockAlone() {
        return Mutant.source("Ids", "Math.max(now, last + 1)", "now").andSource("Ids", "RANDOM.nextLong()", "1L");
    }

    @Breaks(value = Clause.W28, race = true)
    static Mutant aBusyDatabaseIsAnError() {
        Semaphore writer = new Semaphore(1);
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                if (!writer.tryAcquire()) {
                    throw new UnavailableException("database is locked", null);
                }
                try {
                    Mutant.pause();
                    return super.write(writes);
                } finally {
                    writer.release();
                }
            }
        });
    }

    private interface Asked {
        boolean asks(Write write, @Nullable Row old);
    }

    /** Writes that do not ask are done, whatever is there. */
    private static Mutant refusing(Asked asked) {
        return Mutant.changes(new Changes() {
            @Override
            public @Nullable WriteOutcome refusal(Write write, @Nullable Row old) {
                return asked.asks(write, old) ? super.refusal(write, old) : null;
            }
        });
    }

    private interface Storing {
        Row row(Row row, @Nullable Row old, long now);
    }

    /** Something else is stored. */
    private static Mutant storing(Storing storing) {
        return Mutant.changes(new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                return storing.row(super.row(id, old, body, now), old, now);
            }
        });
    }

    private interface Batching {
        List<WriteOutcome> write(List<Write> writes, BatchEngine engine);
    }

    /** Several writes at once do something else. */
    private static Mutant batching(Batching batching) {
        return Mutant.engine((database, config) -> new BatchEngine(database, config, batching));
    }

    private static final class BatchEngine extends ReferenceEngine {

        private final Batching batching;

        BatchEngine(ReferenceDatabase database, StoreConfig config, Batching batching) {
            super(database, config);
            this.batching = batching;
        }

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            return writes.size() == 1 ? single(writes) : batching.write(writes, this);
        }

        /** Writes as it should be. */
        List<WriteOutcome> single(List<Write> writes) {
            return super.write(writes);
        }
    }

    private static Mutant lookingFirst(Kind kind) {
        return Mutant.engine((database, config) -> new LookingFirst(database, config, new Changes()) {
            @Override
            Write later(Write write) {
                return write.precondition().kind() == kind
                        ? new Write(write.collection(), write.id(), Write.Precondition.NONE, write.content())
                        : write;
            }
        });
    }

    /** Looks whether a write can be done, and does it later, with less care. */
    private abstract static class LookingFirst extends ReferenceEngine {

        private final Changes careful = new Changes();

        LookingFirst(ReferenceDatabase database, StoreConfig config, Changes careless) {
            super(database, config, new Answers(), careless);
        }

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            State before = database().newest().draft();
            List<WriteOutcome> outcomes = writes.stream()
                    .map(write -> careful.write(before, write, now()))
                    .toList();
            Mutant.pause();
            return outcomes.get(0) instanceof WriteOutcome.Written
                    ? super.write(writes.stream().map(this::later).toList())
                    : outcomes;
        }

        abstract Write later(Write write);
    }

    private static final class NotUnique extends Changes {
        @Override
        public @Nullable Row holder(
                NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
            return null;
        }
    }

    private static Row withTags(Row row, UnaryOperator<List<?>> change) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object value : row.values()) {
            values.add(value instanceof List<?> tags ? change.apply(tags) : value);
        }
        return new Row(row.id(), row.version(), row.createdAt(), row.body(), values);
    }

    private static List<?> tagsOf(Row row) {
        for (Object value : row.values()) {
            if (value instanceof List<?> tags) {
                return tags;
            }
        }
        return List.of();
    }

    private static List<?> both(List<?> some, List<?> others) {
        TreeSet<Object> all = new TreeSet<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }
}
