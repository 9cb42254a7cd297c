package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
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
import dev.pagurus.store.tck.reference.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Broken stores that others made and the kit let pass, or caught in some runs only. They are here to measure the kit's ways
 * of looking: no clause is made for one of them.
 */
final class ToldMutants {

    private ToldMutants() {}

    @Breaks(Clause.T31)
    static Mutant searchesByTagsAreNotValidated() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private boolean byTags;

            @Override
            public Chunk scan(Scan scan) {
                return asking(scan.filter(), () -> super.scan(scan));
            }

            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return asking(filter, () -> super.count(collection, filter));
            }

            @Override
            public List<Group> groups(Grouping grouping) {
                return asking(grouping.filter(), () -> super.groups(grouping));
            }

            private <R> R asking(Condition filter, Supplier<R> question) {
                byTags = looksAtTags(filter);
                try {
                    return question.get();
                } finally {
                    byTags = false;
                }
            }

            @Override
            protected <R> R read(Function<State, R> call) {
                return byTags
                        ? super.read(state -> new Unvalidated<>(call.apply(state)))
                                .answer()
                        : super.read(call);
            }
        });
    }

    @Breaks(Clause.T31)
    static Mutant aGetThatFoundNothingIsNotLookedAtAgain() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected boolean mustHold(Object answer) {
                return !(answer instanceof List<?> list && list.isEmpty());
            }
        });
    }

    @Breaks(Clause.R2)
    static Mutant whatIsNotThereIsRememberedForATenthOfASecond() {
        return Mutant.engine((database, config) -> new NoticingEngine(database, config) {
            private final Remembered<List<Object>, List<StoredDocument>> missing =
                    new Remembered<>(Duration.ofMillis(100), List::isEmpty);

            @Override
            void written() {
                missing.written();
            }

            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                return ids.size() == 1
                        ? missing.get(List.of(collection, ids), () -> super.get(collection, ids))
                        : super.get(collection, ids);
            }
        });
    }

    /** The replica has all that its own handle has written. */
    @Breaks(Clause.R2)
    static Mutant listsReadAReplica() {
        return Mutant.engine((database, config) -> new NoticingEngine(database, config) {
            private final Remembered<String, State> replica = new Remembered<>(Duration.ofMillis(20), state -> true);

            @Override
            void written() {
                replica.written();
            }

            @Override
            public Chunk scan(Scan scan) {
                State state = replica.get("replica", database::newest);
                return isCurrent(state, scan.collection()) ? answers().scan(state, scan) : super.scan(scan);
            }
        });
    }

    @Breaks(Clause.R2)
    static Mutant theCountOfACollectionIsRemembered() {
        return Mutant.engine((database, config) -> new NoticingEngine(database, config) {
            private final Remembered<CollectionDefinition, Long> counts =
                    new Remembered<>(Duration.ofMillis(200), count -> true);

            @Override
            void written() {
                counts.written();
            }

            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return filter.equals(Condition.EVERYTHING) && isCurrent(database.newest(), collection)
                        ? counts.get(collection, () -> super.count(collection, filter))
                        : super.count(collection, filter);
            }
        });
    }

    @Breaks(Clause.Q27)
    static Mutant aLongListGoesOnInANewerState() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private static final int CHUNKS = 10;

            private int chunks;

            @Override
            public Chunk scan(Scan scan) {
                return mode == SessionMode.READ && ++chunks > CHUNKS ? engine.scan(scan) : super.scan(scan);
            }
        });
    }

    @Breaks(Clause.L15)
    static Mutant aCommitClearsTheInterrupt() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public void commit() {
                super.commit();
                if (mode == SessionMode.TRANSACTION && Thread.interrupted()) {
                    Mutant.pause();
                }
            }
        });
    }

    @Breaks(Clause.W39)
    static Mutant theSecondViolationOfAListNamesTheIndexOfTheFirst() {
        return writing((engine, draft, writes, now) -> {
            List<WriteOutcome> outcomes = new ArrayList<>();
            @Nullable WriteOutcome first = null;
            for (WriteOutcome outcome : engine.writeRightly(draft, writes, now)) {
                first = first == null && outcome instanceof WriteOutcome.UniqueViolation ? outcome : first;
                outcomes.add(first != null && outcome instanceof WriteOutcome.UniqueViolation ? first : outcome);
            }
            return outcomes;
        });
    }

    @Breaks(Clause.W36)
    static Mutant theTableOfTagsHolds191CharactersOfAnId() {
        return Mutant.answers(new FieldCounts() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                return super.matches(definition, condition, isCut(row.id()) ? withoutTags(row) : row);
            }

            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<@Nullable Object, Long> counts = super.countBy(state, collection, filter, field);
                for (Row row : matching(state, collection, filter)) {
                    if (isCut(row.id()) && row.value(collection, field) instanceof List<?> values) {
                        values.forEach(value -> counts.computeIfPresent(
                                value, (same, count) -> count == 1 ? null : (Long) (count - 1)));
                    }
                }
                return counts;
            }

            private boolean isCut(String id) {
                return id.codePointCount(0, id.length()) > 191;
            }

            private Row withoutTags(Row row) {
                List<@Nullable Object> values = new ArrayList<>(row.values());
                values.replaceAll(value -> value instanceof List ? List.of() : value);
                return new Row(row.id(), row.version(), row.createdAt(), row.body(), values);
            }
        });
    }

    @Breaks(Clause.W37)
    static Mutant bulkWritesTrimTheEndOfABody() {
        return writing((engine, draft, writes, now) ->
                engine.writeRightly(draft, writes.size() == 1 ? writes : mapped(writes, String::stripTrailing), now));
    }

    @Breaks(Clause.W38)
    static Mutant bulkWritesSetTheCreationTimeAnew() {
        Changes anew = new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                Row row = super.row(id, old, body, now);
                return new Row(id, row.version(), now, row.body(), row.values());
            }
        };
        return writing((engine, draft, writes, now) -> {
            if (writes.size() == 1 || writes.stream().anyMatch(one -> one.content() instanceof Content.Delete)) {
                return engine.writeRightly(draft, writes, now);
            }
            return writes.stream().map(one -> anew.write(draft, one, now)).toList();
        });
    }

    /** Those of a document that is rolled back to being there stay too; nobody finds them while it has its own. */
    @Breaks(Clause.W42)
    static Mutant deleteAllLeavesTheTagsOfAllButTheFirst500() {
        Beside<Map<List<String>, Row>> left = new Beside<>(database -> new ConcurrentHashMap<>());
        return Mutant.engine((database, config) ->
                new ReferenceEngine(database, config, new Answers(), withTagsLeft(left.of(database))) {
                    @Override
                    public EngineSession begin(SessionMode mode) {
                        return new ReferenceSession(this, mode) {
                            private final Map<List<String>, Row> leaving = new HashMap<>();

                            @Override
                            public long deleteAll(CollectionDefinition collection, Condition filter) {
                                List<Row> matching = read(state -> answers().matching(state, collection, filter));
                                matching.stream()
                                        .skip(500)
                                        .forEach(row -> leaving.put(List.of(collection.name(), row.id()), row));
                                return super.deleteAll(collection, filter);
                            }

                            @Override
                            public void commit() {
                                super.commit();
                                left.of(database).putAll(leaving);
                            }
                        };
                    }
                });
    }

    private static Changes withTagsLeft(Map<List<String>, Row> left) {
        return new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                Row before = left.get(List.of(table.definition().name(), id));
                boolean sameFields = before != null
                        && before.values().size() == body.values().size();
                if (old != null || before == null || !sameFields) {
                    return super.store(table, id, old, body, now);
                }
                List<@Nullable Object> values = new ArrayList<>(body.values());
                for (int i = 0; i < values.size(); i++) {
                    if (values.get(i) instanceof List<?> mine && before.values().get(i) instanceof List<?> others) {
                        Set<Object> both = new TreeSet<>(mine);
                        both.addAll(others);
                        values.set(i, List.copyOf(both));
                    }
                }
                return super.store(table, id, null, new Content.Body(body.text(), values), now);
            }

            @Override
            public WriteOutcome delete(Table table, @Nullable Row old) {
                if (old != null) {
                    left.remove(List.of(table.definition().name(), old.id()));
                }
                return super.delete(table, old);
            }
        };
    }

    @Breaks(Clause.W36)
    static Mutant aUniqueIndexSees191Characters() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                List<Object> wanted = new ArrayList<>();
                for (Sort term : index.terms()) {
                    Object value = row.value(definition, term.field());
                    if (value == null) {
                        return null;
                    }
                    wanted.add(begin(value, 191));
                }
                for (Row other : rows.values()) {
                    if (!other.id().equals(row.id()) && hasAll(definition, index, other, wanted)) {
                        return other;
                    }
                }
                return null;
            }

            private boolean hasAll(
                    CollectionDefinition definition, IndexDefinition index, Row other, List<Object> wanted) {
                for (int i = 0; i < wanted.size(); i++) {
                    Object value = other.value(definition, index.terms().get(i).field());
                    if (value == null || Values.compare(begin(value, 191), wanted.get(i)) != 0) {
                        return false;
                    }
                }
                return true;
            }
        });
    }

    @Breaks(Clause.W36)
    static Mutant anOrderByTextSees900Characters() {
        return Mutant.answers(new Answers() {
            @Override
            public int compare(Sort term, @Nullable Object one, @Nullable Object other) {
                return super.compare(
                        term, one == null ? null : begin(one, 900), other == null ? null : begin(other, 900));
            }
        });
    }

    @Breaks(Clause.W36)
    static Mutant ofIdsThatDifferInCaseGetAllReturnsOne() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredDocument> get(State state, CollectionDefinition collection, List<String> ids) {
                Set<String> folded = new HashSet<>();
                return super.get(state, collection, ids).stream()
                        .filter(document -> folded.add(document.id().toLowerCase(Locale.ROOT)))
                        .toList();
            }
        });
    }

    @Breaks(Clause.R5)
    static Mutant getAllReadsAStateForEvery900Ids() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private static final int MOST = 900;

            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                List<StoredDocument> found = new ArrayList<>(super.get(collection, first(ids)));
                for (List<String> rest = rest(ids); !rest.isEmpty(); rest = rest(rest)) {
                    Mutant.pause();
                    found.addAll(super.get(collection, first(rest)));
                }
                return found;
            }

            private List<String> first(List<String> ids) {
                return ids.subList(0, Math.min(MOST, ids.size()));
            }

            private List<String> rest(List<String> ids) {
                return ids.subList(Math.min(MOST, ids.size()), ids.size());
            }
        });
    }

    /** Rows come out of an open result; the one that finds no room has been taken from it. */
    @Breaks(Clause.X22)
    static Mutant theRowThatCrosses8MiBIsLostToACopy() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final Map<String, String> returned = new HashMap<>();
            private final Map<String, String> taken = new HashMap<>();

            @Override
            public List<StoredRow> rows(CollectionDefinition collection, String after) {
                String name = collection.name();
                String from = mode == SessionMode.COPY && after.equals(returned.get(name))
                        ? taken.getOrDefault(name, after)
                        : after;
                List<StoredRow> chunk = new ArrayList<>();
                long size = 0;
                for (StoredRow row : super.rows(collection, from)) {
                    taken.put(name, row.id());
                    size += row.document().body().length();
                    if (size > Scan.CHUNK_BYTES && !chunk.isEmpty()) {
                        break;
                    }
                    chunk.add(row);
                    returned.put(name, row.id());
                }
                return chunk;
            }
        });
    }

    @Breaks(Clause.X20)
    static Mutant aCopyHasItsInstantsInMilliseconds() {
        return copying(
                FieldKind.INSTANT,
                value -> value instanceof Long micros ? micros - Math.floorMod(micros, 1000L) : value);
    }

    @Breaks(Clause.X20)
    static Mutant aCopysTextsLoseTheirTrailingSpaces() {
        return copying(FieldKind.TEXT, value -> value instanceof String text ? text.replaceAll(" +$", "") : value);
    }

    @Breaks(Clause.V21)
    static Mutant anUpgradeOfWholeThousandsLeavesOutTheLast() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Table old = draft.table(wanted.name());
                if (old == null || old.rows().isEmpty() || old.rows().size() % 1000 != 0) {
                    super.define(draft, wanted, filler);
                    return;
                }
                int toFill = old.rows().size() - 1000;
                AtomicInteger filled = new AtomicInteger();
                super.define(
                        draft,
                        wanted,
                        (from, id, body) -> filled.getAndIncrement() < toFill
                                ? filler.fill(from, id, body)
                                : new Content.Body(body, Upgrades.carried(old, id, wanted)));
            }
        });
    }

    @Breaks(value = Clause.V22, race = true)
    static Mutant anUpgradeComputesFieldsBeforeItHasTheLock() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                Table old = database.newest().table(definition.name());
                Map<String, Content.Body> computed = new HashMap<>();
                if (old != null
                        && SchemaChange.between(old.definition(), definition).kind() == SchemaChange.Kind.UPGRADE) {
                    old.rows()
                            .values()
                            .forEach(row -> computed.put(
                                    row.id(), filler.fill(old.definition().revision(), row.id(), row.body())));
                    Mutant.pause();
                }
                super.define(definition, (from, id, body) -> {
                    Content.Body filled = computed.get(id);
                    return filled == null ? filler.fill(from, id, body) : filled;
                });
            }
        });
    }

    @Breaks(Clause.V21)
    static Mutant anIndexThatWasUniqueStillRefuses() {
        Beside<Map<String, List<IndexDefinition>>> kept = new Beside<>(database -> new ConcurrentHashMap<>());
        return Mutant.engine((database, config) ->
                new ReferenceEngine(database, config, new Answers(), withIndexesKept(kept.of(database))));
    }

    private static Changes withIndexesKept(Map<String, List<IndexDefinition>> kept) {
        return new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Table old = draft.table(wanted.name());
                List<IndexDefinition> were = new ArrayList<>(kept.getOrDefault(wanted.name(), List.of()));
                if (old != null) {
                    old.definition().indexes().stream()
                            .filter(IndexDefinition::unique)
                            .forEach(were::add);
                }
                super.define(draft, wanted, filler);
                were.removeIf(one -> !wanted.indexes().contains(new IndexDefinition(one.name(), false, one.terms())));
                kept.put(wanted.name(), were);
            }

            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                Row row = row(id, old, body, now);
                for (IndexDefinition index :
                        kept.getOrDefault(table.definition().name(), List.of())) {
                    if (holder(table.rows(), table.definition(), index, row) != null) {
                        return new WriteOutcome.UniqueViolation(index.name());
                    }
                }
                return super.store(table, id, old, body, now);
            }
        };
    }

    /** It counts the rows of a join with the table of tags. */
    @Breaks(Clause.W36)
    static Mutant aDocumentCountsOnceForEachTagThatMatches() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                if (!(filter instanceof Condition.ContainsAny contains)) {
                    return super.count(collection, filter);
                }
                return read(state -> answers().matching(state, collection, filter).stream()
                        .mapToLong(row -> row.value(collection, contains.field()) instanceof List<?> tags
                                ? tags.stream()
                                        .filter(contains.values()::contains)
                                        .count()
                                : 0)
                        .sum());
            }
        });
    }

    /** The condition on the tags narrows the tags that are grouped, and not the documents. */
    @Breaks(Clause.W36)
    static Mutant aFilterByTagsNarrowsTheTagsThatAreCounted() {
        return Mutant.answers(new FieldCounts() {
            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<@Nullable Object, Long> counts = super.countBy(state, collection, filter, field);
                narrow(filter, field, counts);
                return counts;
            }

            private void narrow(Condition filter, String field, Map<@Nullable Object, Long> counts) {
                if (filter instanceof Condition.And and) {
                    and.conditions().forEach(one -> narrow(one, field, counts));
                }
                if (filter instanceof Condition.ContainsAny contains
                        && contains.field().equals(field)) {
                    counts.keySet()
                            .removeIf(value -> !(value instanceof String tag)
                                    || !contains.values().contains(tag));
                }
            }
        });
    }

    /** As far as an engine in the same process takes to look. */
    @Breaks(value = Clause.W22, race = true)
    static Mutant aUniqueValueIsLookedForBeforeTheWrite() {
        Changes unchecked = new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                return null;
            }
        };
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                if (writes.size() > 1 || writes.get(0).content() instanceof Content.Delete) {
                    return super.write(writes);
                }
                State seen = database().newest().draft();
                seen.afterDeleting(changes().deleted());
                List<WriteOutcome> found = write(seen, writes, now());
                if (found.get(0) instanceof WriteOutcome.UniqueViolation) {
                    return found;
                }
                long looked = System.nanoTime();
                while (System.nanoTime() - looked < 10_000) {
                    Thread.onSpinWait();
                }
                return database().change(draft -> {
                    draft.afterDeleting(changes().deleted());
                    return writes.stream()
                            .map(one -> unchecked.write(draft, one, now()))
                            .toList();
                });
            }
        });
    }

    /** What a list of writes does in a draft. */
    @FunctionalInterface
    private interface Writing {
        List<WriteOutcome> write(WritingEngine engine, State draft, List<Write> writes, long now);
    }

    private static Mutant writing(Writing writing) {
        return Mutant.engine((database, config) -> new WritingEngine(database, config, writing));
    }

    /** An engine that writes lists in another way, in sessions too. */
    private static final class WritingEngine extends ReferenceEngine {

        private final Writing writing;

        WritingEngine(ReferenceDatabase database, StoreConfig config, Writing writing) {
            super(database, config);
            this.writing = writing;
        }

        @Override
        public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
            return writing.write(this, draft, writes, now);
        }

        List<WriteOutcome> writeRightly(State draft, List<Write> writes, long now) {
            return super.write(draft, writes, now);
        }
    }

    private static List<Write> mapped(List<Write> writes, UnaryOperator<String> text) {
        return writes.stream()
                .map(one -> one.content() instanceof Content.Body body
                        ? new Write(
                                one.collection(),
                                one.id(),
                                one.precondition(),
                                new Content.Body(text.apply(body.text()), body.values()))
                        : one)
                .toList();
    }

    /** Rows that are read to be copied have other values in fields of a kind. */
    private static Mutant copying(FieldKind kind, UnaryOperator<@Nullable Object> change) {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredRow> rows(State state, CollectionDefinition collection, String after) {
                return super.rows(state, collection, after).stream()
                        .map(row -> new StoredRow(row.document(), changed(collection, row.values())))
                        .toList();
            }

            private List<@Nullable Object> changed(CollectionDefinition collection, List<@Nullable Object> values) {
                List<@Nullable Object> changed = new ArrayList<>(values);
                for (int i = 0; i < changed.size(); i++) {
                    if (collection.fields().get(i).kind() == kind) {
                        changed.set(i, change.apply(changed.get(i)));
                    }
                }
                return changed;
            }
        });
    }

    private static boolean looksAtTags(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.conditions().stream().anyMatch(ToldMutants::looksAtTags);
        }
        if (condition instanceof Condition.Or or) {
            return or.conditions().stream().anyMatch(ToldMutants::looksAtTags);
        }
        return condition instanceof Condition.ContainsAny
                || condition instanceof Condition.ContainsNone
                || condition instanceof Condition.IsEmpty
                || condition instanceof Condition.IsNotEmpty;
    }

    private static Object begin(Object value, int characters) {
        return value instanceof String text && text.codePointCount(0, text.length()) > characters
                ? text.substring(0, text.offsetByCodePoints(0, characters))
                : value;
    }
}
