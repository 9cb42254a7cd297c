package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Sort;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Broken stores that were thought of by somebody who had read the guide and the contract, and none of the tests: faults of
 * replicas, pools, shards, trees, collations, batches and clocks as authors of real stores make them. They are here to
 * measure the kit's ways of looking: no clause is made for one of them.
 */
final class StrangeMutants {

    private StrangeMutants() {}

    /** A thread that has written reads the primary for 5 s, every other a replica that is up to 5 ms behind. */
    @Breaks(Clause.R2)
    static Mutant whoHasNotWrittenReadsAReplica() {
        Beside<Remembered<String, State>> replicas =
                new Beside<>(database -> new Remembered<>(Duration.ofMillis(5), state -> true));
        long sticky = Duration.ofSeconds(5).toNanos();
        return Mutant.engine((database, config) -> new NoticingEngine(database, config) {
            private final Map<Thread, Long> wrote = Collections.synchronizedMap(new WeakHashMap<>());

            @Override
            void written() {
                wrote.put(Thread.currentThread(), System.nanoTime());
            }

            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                super.define(definition, filler);
                // Definitions wait until every replica has them.
                replicas.of(database).written();
            }

            @Override
            protected <R> R read(Function<State, R> question) {
                Long last = wrote.get(Thread.currentThread());
                return last != null && System.nanoTime() - last < sticky
                        ? super.read(question)
                        : question.apply(replicas.of(database).get("replica", database::newest));
            }
        });
    }

    /** A list of more than one write, outside of transactions, takes its time from the machine, not from the store's clock. */
    @Breaks(Clause.R8)
    static Mutant listsOfWritesTakeTheMachinesClock() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                if (writes.size() == 1) {
                    return super.write(writes);
                }
                return database.change(draft -> {
                    draft.afterDeleting(changes().deleted());
                    return write(draft, writes, Micros.now(Clock.systemUTC()));
                });
            }
        });
    }

    /** An LSM tree drops its tombstones when it flushes 1,000 entries; an older level still has the document. */
    @Breaks(Clause.W42)
    static Mutant aDeletedDocumentComesBackAfterAFlush() {
        return onDatabase(other -> new StagedDatabase(other) {
            private static final int ENTRIES = 1_000;

            private State flushed = newest();
            private int entries;

            @Override
            List<State> between(State before, State after) {
                return List.of();
            }

            @Override
            public void commit(State state) {
                for (Table table : changedTables(newest(), state)) {
                    entries += changedIds(newest(), table).size();
                }
                if (entries < ENTRIES) {
                    super.commit(state);
                    return;
                }
                State merged = state.draft();
                for (CollectionDefinition definition : flushed.definitions()) {
                    Table old = flushed.table(definition.name());
                    Table table = merged.table(definition.name());
                    if (old != null && table != null && table.definition().equals(definition)) {
                        old.rows()
                                .forEach((id, row) ->
                                        merged.changing(table).rows().putIfAbsent(id, row));
                    }
                }
                super.commit(merged);
                flushed = merged;
                entries = 0;
            }
        });
    }

    /** A collection is split into shards of 1,000 documents by id; a unique index is one of each shard. */
    @Breaks(Clause.R10)
    static Mutant uniquenessIsPerShard() {
        return Mutant.changes(() -> new Changes() {
            private static final int SHARD = 1_000;

            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                if (rows.size() < SHARD) {
                    return super.holder(rows, definition, index, row);
                }
                List<String> ids = new ArrayList<>(rows.keySet());
                int shard = rows.headMap(row.id()).size() / SHARD;
                String begin = ids.get(Math.min(shard * SHARD, ids.size() - 1));
                int end = (shard + 1) * SHARD;
                NavigableMap<String, Row> own =
                        end < ids.size() ? rows.subMap(begin, true, ids.get(end), false) : rows.tailMap(begin, true);
                return super.holder(own, definition, index, row);
            }
        });
    }

    /** The key of a unique index is its values, one behind the other: ("a", "bc") is ("ab", "c"). */
    @Breaks(Clause.W36)
    static Mutant uniqueValuesAreConcatenated() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                String wanted = key(definition, index, row);
                if (wanted == null) {
                    return null;
                }
                for (Row other : rows.values()) {
                    if (!other.id().equals(row.id()) && wanted.equals(key(definition, index, other))) {
                        return other;
                    }
                }
                return null;
            }

            private @Nullable String key(CollectionDefinition definition, IndexDefinition index, Row row) {
                StringBuilder key = new StringBuilder();
                for (Sort term : index.terms()) {
                    Object value = row.value(definition, term.field());
                    if (value == null) {
                        return null;
                    }
                    key.append(value);
                }
                return key.toString();
            }
        });
    }

    /** The engine takes 100 writes at a time; a larger commit is seen in parts. */
    @Breaks(value = Clause.T7, race = true)
    static Mutant aTransactionIsCommittedInGroupsOfAHundred() {
        return onDatabase(other -> new StagedDatabase(other) {
            private static final int MOST = 100;

            @Override
            List<State> between(State before, State after) {
                List<State> parts = new ArrayList<>();
                State part = before;
                for (Table table : changedTables(before, after)) {
                    Table old = before.table(table.definition().name());
                    if (old == null || !old.definition().equals(table.definition())) {
                        return List.of();
                    }
                    List<String> ids = changedIds(before, table);
                    for (int i = 0; i < ids.size(); i += MOST) {
                        part = part.draft();
                        bring(part, table, ids.subList(i, Math.min(i + MOST, ids.size())));
                        parts.add(part);
                    }
                }
                return parts.size() > 1 ? parts.subList(0, parts.size() - 1) : List.of();
            }
        });
    }

    /** Each collection lives on a node of its own, which commits by itself. */
    @Breaks(value = Clause.Q41, race = true)
    static Mutant aCommitIsMadeCollectionByCollection() {
        return onDatabase(other -> new StagedDatabase(other) {
            @Override
            List<State> between(State before, State after) {
                List<State> parts = new ArrayList<>();
                State part = before;
                for (Table table : changedTables(before, after)) {
                    part = part.draft();
                    part.put(table);
                    parts.add(part);
                }
                return parts.size() > 1 ? parts.subList(0, parts.size() - 1) : List.of();
            }
        });
    }

    /** An optimistic transaction looks whether its searches still find as many documents. */
    @Breaks(Clause.T31)
    static Mutant searchesAreValidatedByTheirNumber() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public Chunk scan(Scan scan) {
                return read(state -> new ByNumber(engine.answers().scan(state, scan)))
                        .found();
            }
        });
    }

    private record ByNumber(Chunk found) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ByNumber that && number() == that.number();
        }

        @Override
        public int hashCode() {
            return number();
        }

        private int number() {
            return found.documents().size();
        }
    }

    /** Its connection goes back to the pool with the snapshot open; the next read of this handle gets it. */
    @Breaks(Clause.R8)
    static Mutant aRolledBackTransactionLeavesItsSnapshotToTheNextReader() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final AtomicReference<@Nullable State> left = new AtomicReference<>();

            @Override
            public EngineSession begin(SessionMode mode) {
                State snapshot = database.newest();
                return new ReferenceSession(this, mode) {
                    private boolean committed;

                    @Override
                    public void commit() {
                        super.commit();
                        committed = true;
                    }

                    @Override
                    public void close() {
                        if (!committed && mode == SessionMode.TRANSACTION) {
                            left.set(snapshot);
                        }
                    }
                };
            }

            @Override
            protected <R> R read(Function<State, R> question) {
                State snapshot = left.getAndSet(null);
                return snapshot != null
                                && snapshot.definitions()
                                        .equals(database.newest().definitions())
                        ? question.apply(snapshot)
                        : super.read(question);
            }
        });
    }

    /** Old versions are vacuumed; whoever still reads them gets the newest. */
    @Breaks(Clause.T24)
    static Mutant aSnapshotLosesItsStateAfterAThousandCommits() {
        Beside<AgeingDatabase> ageing = new Beside<>(AgeingDatabase::new);
        return Mutant.engine((database, config) -> new ReferenceEngine(ageing.of(database), config) {
            private static final int KEPT = 1_000;

            @Override
            public EngineSession begin(SessionMode mode) {
                AgeingDatabase aged = ageing.of(database);
                int began = aged.commits.get();
                return new ReferenceSession(this, mode) {
                    @Override
                    protected <R> R read(Function<State, R> call) {
                        return mode != SessionMode.TRANSACTION && aged.commits.get() - began > KEPT
                                ? call.apply(aged.newest())
                                : super.read(call);
                    }
                };
            }
        });
    }

    private static final class AgeingDatabase extends StagedDatabase {

        private final AtomicInteger commits = new AtomicInteger();

        AgeingDatabase(ReferenceDatabase other) {
            super(other);
        }

        @Override
        List<State> between(State before, State after) {
            commits.incrementAndGet();
            return List.of();
        }
    }

    /** After 1,000 lists of writes a connection is renewed, and what was under way is sent once more. */
    @Breaks(Clause.W28)
    static Mutant aWriteIsRepeatedWhenItsConnectionIsRenewed() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private static final int USES = 1_000;

            private final AtomicInteger uses = new AtomicInteger();

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                if (uses.incrementAndGet() % USES == 0) {
                    super.write(writes);
                }
                return super.write(writes);
            }
        });
    }

    /** One savepoint is set for a list, not one for each write. */
    @Breaks(Clause.T7)
    static Mutant aRefusedWriteUndoesItsListInATransaction() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                long now = engine.now();
                Map<String, Long> deleted = engine.changes().deleted();
                return read(state -> {
                    state.afterDeleting(deleted);
                    List<@Nullable Row> before = new ArrayList<>();
                    writes.forEach(write -> before.add(row(state, write)));
                    List<WriteOutcome> outcomes = engine.write(state, writes, now);
                    if (!outcomes.stream().allMatch(this::isDone)) {
                        for (int i = 0; i < before.size(); i++) {
                            undo(state, writes.get(i), before.get(i));
                        }
                    }
                    return outcomes;
                });
            }

            private boolean isDone(WriteOutcome outcome) {
                return outcome instanceof WriteOutcome.Written || outcome instanceof WriteOutcome.Deleted;
            }

            private @Nullable Row row(State state, Write write) {
                Table table = state.table(write.collection().name());
                return table == null ? null : table.rows().get(write.id());
            }

            private void undo(State state, Write write, @Nullable Row before) {
                Table table = state.table(write.collection().name());
                if (table != null && before == null) {
                    state.changing(table).rows().remove(write.id());
                } else if (table != null && before != null) {
                    state.changing(table).rows().put(write.id(), before);
                }
            }
        });
    }

    /** deleteAll without a filter commits at once, and no rollback brings it back. */
    @Breaks(Clause.T7)
    static Mutant everythingIsDeletedByATruncate() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private boolean truncating;

            @Override
            public long deleteAll(CollectionDefinition collection, Condition filter) {
                truncating = filter.equals(Condition.EVERYTHING);
                try {
                    long deleted = super.deleteAll(collection, filter);
                    if (truncating) {
                        truncate(collection);
                    }
                    return deleted;
                } finally {
                    truncating = false;
                }
            }

            private void truncate(CollectionDefinition collection) {
                engine.database().change(state -> {
                    Table table = state.table(collection.name());
                    if (table != null && table.definition().equals(collection)) {
                        state.changing(table).rows().clear();
                    }
                    return true;
                });
            }

            @Override
            protected <R> R read(Function<State, R> call) {
                return truncating
                        ? super.read(state -> new Unvalidated<>(call.apply(state)))
                                .answer()
                        : super.read(call);
            }
        });
    }

    /** The first 256 documents are refilled at once, the others by a thread. */
    @Breaks(Clause.S2)
    static Mutant upgradesGoOnInTheBackground() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private static final int AT_ONCE = 256;

            private final List<Thread> threads = new ArrayList<>();

            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                List<String> left = new ArrayList<>();
                AtomicInteger revision = new AtomicInteger();
                database.change(draft -> {
                    Table old = draft.table(definition.name());
                    revision.set(old == null ? 0 : old.definition().revision());
                    AtomicInteger filled = new AtomicInteger();
                    changes().define(draft, definition, (from, id, body) -> {
                        if (old == null || filled.getAndIncrement() < AT_ONCE) {
                            return filler.fill(from, id, body);
                        }
                        left.add(id);
                        return new Content.Body(body, Upgrades.carried(old, id, definition));
                    });
                    return true;
                });
                if (!left.isEmpty()) {
                    Thread thread = new Thread(
                            () -> fill(definition, revision.get(), filler, left), "fills " + definition.name());
                    synchronized (threads) {
                        threads.add(thread);
                    }
                    thread.start();
                }
            }

            private void fill(CollectionDefinition definition, int from, Filler filler, List<String> left) {
                for (int i = 0; i < left.size(); i += AT_ONCE) {
                    List<String> ids = left.subList(i, Math.min(i + AT_ONCE, left.size()));
                    database.change(draft -> {
                        Table table = draft.table(definition.name());
                        if (table != null && table.definition().equals(definition)) {
                            ids.forEach(id -> draft.changing(table)
                                    .rows()
                                    .computeIfPresent(
                                            id, (same, row) -> changes().fill(from, row, filler)));
                        }
                        return true;
                    });
                    Mutant.pause();
                }
            }

            @Override
            public void close() {
                List<Thread> last;
                synchronized (threads) {
                    last = List.copyOf(threads);
                }
                for (Thread thread : last) {
                    while (thread.isAlive()) {
                        Mutant.pause();
                    }
                }
            }
        });
    }

    /** Groups are made by the collation of the column, comparisons are binary. */
    @Breaks(Clause.W36)
    static Mutant countByMergesTextsThatDifferInCase() {
        return Mutant.answers(new FieldCounts() {
            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<@Nullable Object, Long> counts = super.countBy(state, collection, filter, field);
                Map<String, String> groups = new TreeMap<>();
                Map<@Nullable Object, Long> merged = new HashMap<>();
                counts.forEach((value, count) -> {
                    Object group = value instanceof String text
                            ? groups.computeIfAbsent(text.toLowerCase(Locale.ROOT), folded -> text)
                            : value;
                    merged.merge(group, count, Long::sum);
                });
                return merged;
            }
        });
    }

    /** A stream goes on by offset when it is more than 1,000 documents deep. */
    @Breaks(Clause.Q28)
    static Mutant lateChunksGoByOffset() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private static final int DEEP = 1_000;

            private final Map<Place, Integer> offsets = new ConcurrentHashMap<>();

            @Override
            public Chunk scan(Scan scan) {
                Place start = start(scan);
                Integer offset = start == null ? (Integer) 0 : offsets.get(start);
                Chunk chunk = offset == null || offset < DEEP ? super.scan(scan) : byOffset(scan, offset);
                List<@Nullable Object> next = chunk.next();
                if (offset != null && next != null) {
                    offsets.put(Place.of(scan, next), offset + chunk.documents().size());
                }
                return chunk;
            }

            private Chunk byOffset(Scan scan, int offset) {
                Chunk all = super.scan(new Scan(
                        scan.collection(),
                        scan.filter(),
                        scan.order(),
                        List.of(Range.ALL),
                        offset + scan.maxDocuments(),
                        Long.MAX_VALUE));
                return all.documents().size() <= offset
                        ? new Chunk(List.of(), null)
                        : new Chunk(
                                all.documents().subList(offset, all.documents().size()), all.next());
            }

            private @Nullable Place start(Scan scan) {
                Range first = scan.ranges().get(0);
                if (!(first.tail() instanceof Range.Tail.After after)) {
                    return null;
                }
                List<@Nullable Object> position = new ArrayList<>(first.equal());
                position.addAll(after.values());
                return Place.of(scan, position);
            }
        });
    }

    /** A place in the answer to a query. */
    private record Place(String collection, Condition filter, List<Sort> order, List<@Nullable Object> position) {

        static Place of(Scan scan, List<@Nullable Object> position) {
            return new Place(scan.collection().name(), scan.filter(), scan.order(), new ArrayList<>(position));
        }
    }

    /** Over 100 numbers of an in(...) go into a temporary table of doubles. */
    @Breaks(Clause.W36)
    static Mutant aLongListOfNumbersIsComparedAsDoubles() {
        return Mutant.answers(new Answers() {
            private static final int MOST = 100;

            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                if (condition instanceof Condition.In in && in.values().size() > MOST) {
                    return row.value(definition, in.field()) instanceof Long number
                            ? isOneOf(number, in.values())
                            : super.matches(definition, condition, row);
                }
                if (condition instanceof Condition.NotIn in && in.values().size() > MOST) {
                    return row.value(definition, in.field()) instanceof Long number
                            ? !isOneOf(number, in.values())
                            : super.matches(definition, condition, row);
                }
                return super.matches(definition, condition, row);
            }

            private boolean isOneOf(Long number, List<Object> values) {
                return values.stream()
                        .anyMatch(value -> value instanceof Long other && number.doubleValue() == other.doubleValue());
            }
        });
    }

    /** Instants are stored as local times of Berlin; the hour that comes twice in October is one. */
    @Breaks(Clause.V13)
    static Mutant instantsAreLocalTimes() {
        Answers answers = new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                Condition asked = condition;
                if (condition instanceof Condition.Compare compare && isInstant(definition, compare.field())) {
                    asked = new Condition.Compare(
                            compare.field(), compare.operator(), StrangeMutants.local(compare.value()));
                } else if (condition instanceof Condition.In in && isInstant(definition, in.field())) {
                    asked = new Condition.In(in.field(), local(in.values()));
                } else if (condition instanceof Condition.NotIn in && isInstant(definition, in.field())) {
                    asked = new Condition.NotIn(in.field(), local(in.values()));
                }
                return super.matches(definition, asked, row);
            }

            private List<Object> local(List<Object> values) {
                return values.stream().map(StrangeMutants::local).toList();
            }
        };
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config, answers, localChanges()));
    }

    private static Changes localChanges() {
        return new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                List<@Nullable Object> values = local(table.definition(), body.values());
                return super.store(table, id, old, new Content.Body(body.text(), values), now);
            }

            @Override
            public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                super.load(
                        draft,
                        collection,
                        rows.stream()
                                .map(row -> new StoredRow(row.document(), local(collection, row.values())))
                                .toList());
            }

            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                super.define(draft, wanted, (from, id, body) -> {
                    Content.Body filled = filler.fill(from, id, body);
                    return new Content.Body(filled.text(), local(wanted, filled.values()));
                });
            }

            private List<@Nullable Object> local(CollectionDefinition definition, List<@Nullable Object> values) {
                List<@Nullable Object> local = new ArrayList<>(values);
                for (int i = 0; i < local.size(); i++) {
                    Object value = local.get(i);
                    if (value != null && definition.fields().get(i).kind() == FieldKind.INSTANT) {
                        local.set(i, StrangeMutants.local(value));
                    }
                }
                return local;
            }
        };
    }

    private static boolean isInstant(CollectionDefinition definition, String field) {
        return definition.fields().stream()
                .anyMatch(one -> one.name().equals(field) && one.kind() == FieldKind.INSTANT);
    }

    /** Takes microseconds there and back, which loses the hour that comes again. */
    private static Object local(Object micros) {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        LocalDateTime time = LocalDateTime.ofInstant(Micros.toInstant((Long) micros), zone);
        return Micros.of(time.atZone(zone).toInstant());
    }

    /** Rows for copies come with their tags in one text, which the engine cuts at 1,024 bytes. */
    @Breaks(Clause.X20)
    static Mutant copiedTagsAreCutAtAKilobyte() {
        return Mutant.answers(new Answers() {
            private static final int MOST_BYTES = 1_024;

            @Override
            public List<StoredRow> rows(State state, CollectionDefinition collection, String after) {
                return super.rows(state, collection, after).stream()
                        .map(row -> new StoredRow(row.document(), cut(row.values())))
                        .toList();
            }

            private List<@Nullable Object> cut(List<@Nullable Object> values) {
                List<@Nullable Object> cut = new ArrayList<>(values);
                cut.replaceAll(value -> value instanceof List<?> tags ? cutTags(tags) : value);
                return cut;
            }

            private Object cutTags(List<?> tags) {
                List<String> kept = new ArrayList<>();
                int left = MOST_BYTES;
                for (Object tag : tags) {
                    byte[] bytes = tag.toString().getBytes(StandardCharsets.UTF_8);
                    if (bytes.length > left) {
                        break;
                    }
                    kept.add(tag.toString());
                    left -= bytes.length + 1;
                }
                return kept;
            }
        });
    }

    /** Bodies are stored in pieces of 65,536 characters, each encoded by itself. */
    @Breaks(Clause.X22)
    static Mutant longBodiesAreCutBetweenTheHalvesOfACharacter() {
        return Mutant.changes(() -> new Changes() {
            private static final int PIECE = 65_536;

            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                return super.row(id, old, new Content.Body(inPieces(body.text()), body.values()), now);
            }

            private String inPieces(String text) {
                StringBuilder stored = new StringBuilder();
                for (int i = 0; i < text.length(); i += PIECE) {
                    byte[] piece = text.substring(i, Math.min(i + PIECE, text.length()))
                            .getBytes(StandardCharsets.UTF_8);
                    stored.append(new String(piece, StandardCharsets.UTF_8));
                }
                return stored.toString();
            }
        });
    }

    /** An engine on a database that is another kind of one. */
    private static Mutant onDatabase(Function<ReferenceDatabase, StagedDatabase> kind) {
        Beside<StagedDatabase> places = new Beside<>(kind);
        return Mutant.engine((database, config) -> new ReferenceEngine(places.of(database), config));
    }
}
