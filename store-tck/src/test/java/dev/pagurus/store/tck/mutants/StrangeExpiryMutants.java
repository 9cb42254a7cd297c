package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Measure;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * More broken stores of the kind of {@link StrangeMutants}, thought of when documents could expire: by somebody who had read the
 * guide, the contract and the SPI, and none of the tests of that.
 */
final class StrangeExpiryMutants {

    /** By which time a write is made. */
    private static final ThreadLocal<@Nullable Long> WRITING = new ThreadLocal<>();

    /** Whether a definition is made. */
    private static final ThreadLocal<@Nullable Boolean> DEFINING = new ThreadLocal<>();

    private StrangeExpiryMutants() {}

    /**
     * Statements that write say {@code <} where those that read say {@code <=}: in the very microsecond, an id that no read
     * finds is taken.
     */
    @Breaks(Clause.D2)
    static Mutant aWriteStillFindsWhatExpiresInThisMicrosecond() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                WRITING.set(now);
                try {
                    return super.write(draft, write, now);
                } finally {
                    WRITING.remove();
                }
            }

            @Override
            public void deleteAll(State draft, Table table, List<Row> rows) {
                Long now = WRITING.get();
                String expiry = table.definition().expiry();
                super.deleteAll(
                        draft,
                        table,
                        now == null || expiry == null
                                ? rows
                                : rows.stream()
                                        .filter(row -> !now.equals(row.value(table.definition(), expiry)))
                                        .toList());
            }
        });
    }

    /**
     * The writes of a transaction judge by their own time, its reads by that of its beginning: a document that it has read is
     * removed by its own insert of the same unique value.
     */
    @Breaks(Clause.D5)
    static Mutant aTransactionJudgesWritesByTheirOwnTime() {
        return Mutant.session((engine, mode) -> {
            LongSupplier began = Micros.once(engine::now);
            return new ReferenceSession(engine, mode) {
                @Override
                public List<WriteOutcome> write(List<Write> writes) {
                    long now = engine.now();
                    Map<String, Long> deleted = engine.changes().deleted();
                    return read(state -> {
                        state.judgedBy(() -> now).afterDeleting(deleted);
                        List<WriteOutcome> outcomes = engine.write(state, writes, now);
                        state.judgedBy(began);
                        return outcomes;
                    });
                }
            };
        });
    }

    /**
     * What a claimer may have is cut at the limit before what has expired is left out of it: behind ten that have expired and
     * lie before the others in the order, a claim of one finds nothing.
     */
    @Breaks(Clause.D3)
    static Mutant candidatesAreCutBeforeTheExpiredAreLeftOut() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public Chunk candidates(Scan scan) {
                return read(state -> {
                    Chunk stored = answers().scan(state, stored(scan));
                    Table table =
                            Objects.requireNonNull(state.table(scan.collection().name()));
                    List<StoredDocument> documents = stored.documents().stream()
                            .filter(one -> answers()
                                    .isThere(
                                            state,
                                            scan.collection(),
                                            Objects.requireNonNull(table.rows().get(one.id()))))
                            .toList();
                    return documents.size() == stored.documents().size() ? stored : new Chunk(documents, null);
                });
            }

            private Scan stored(Scan scan) {
                return new Scan(
                        scan.collection().withoutExpiry(),
                        scan.filter(),
                        scan.order(),
                        scan.ranges(),
                        scan.maxDocuments(),
                        scan.maxBytes());
            }
        });
    }

    /**
     * Who copies gets the next 2,000 documents without those that have expired: where all 2,000 have, nothing, and takes that
     * for the end.
     */
    @Breaks(Clause.D9)
    static Mutant aCopyEndsAtAChunkThatHasExpired() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<StoredRow> rows(CollectionDefinition collection, String after) {
                return mode == SessionMode.TRANSACTION
                        ? super.rows(collection, after)
                        : read(state -> there(state, collection, after));
            }

            private List<StoredRow> there(State state, CollectionDefinition collection, String after) {
                List<StoredRow> next = engine.answers().rows(state, collection.withoutExpiry(), after);
                Table table = Objects.requireNonNull(state.table(collection.name()));
                return next.stream()
                        .filter(row -> !state.isExpired(
                                table.definition(),
                                Objects.requireNonNull(table.rows().get(row.id()))))
                        .toList();
            }
        });
    }

    /**
     * Raising a revision removes what has expired and tells the feed nothing, for it is said to change no document: who had
     * seen it before keeps it for ever.
     */
    @Breaks(Clause.D7)
    static Mutant anUpgradeRemovesInSilence() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                DEFINING.set(true);
                try {
                    super.define(draft, wanted, filler);
                } finally {
                    DEFINING.remove();
                }
            }

            @Override
            public void deleteAll(State draft, Table table, List<Row> rows) {
                if (DEFINING.get() == null) {
                    super.deleteAll(draft, table, rows);
                } else {
                    rows.forEach(row -> delete(draft.changing(table), row));
                }
            }
        });
    }

    /**
     * A handle remembers when the first of what it knows expires, and asks for no time before: what another handle writes to
     * expire sooner is found when it has.
     */
    @Breaks(Clause.D1)
    static Mutant aHandleKnowsWhenTheNextDocumentExpires() {
        return Mutant.engine((database, config) -> new NoticingEngine(database, config) {
            private volatile long first = Long.MIN_VALUE;

            @Override
            void written() {
                first = Long.MIN_VALUE;
            }

            @Override
            @SuppressWarnings("ReferenceEquality") // one that was changed is another one
            protected <R> R read(Function<State, R> question) {
                State newest = database.newest();
                if (newest.definitions().stream().allMatch(definition -> definition.expiry() == null)) {
                    return super.read(question);
                }
                long now = now();
                if (now < first) {
                    return question.apply(newest.draft());
                }
                long known = first(newest);
                first = database.newest() == newest ? known : Long.MIN_VALUE;
                return question.apply(newest.draft().judgedBy(() -> now));
            }

            private long first(State state) {
                long least = Long.MAX_VALUE;
                for (CollectionDefinition definition : state.definitions()) {
                    String expiry = definition.expiry();
                    Table table = state.table(definition.name());
                    if (expiry != null && table != null) {
                        for (Row row : table.rows().values()) {
                            least = row.value(definition, expiry) instanceof Long at ? Math.min(least, at) : least;
                        }
                    }
                }
                return least;
            }
        });
    }

    /**
     * The least and the greatest value of all documents stand at the ends of an index, whoever they are of: the least time of
     * expiry is one that has passed.
     */
    @Breaks(Clause.D1)
    static Mutant theEndsOfAnIndexHaveExpired() {
        return Mutant.answers(new Answers() {
            @Override
            public List<Group> groups(State state, Grouping grouping) {
                List<Group> groups = super.groups(state, grouping);
                if (!grouping.by().isEmpty() || !grouping.filter().equals(Condition.EVERYTHING)) {
                    return groups;
                }
                List<Row> stored =
                        List.copyOf(table(state, grouping.collection()).rows().values());
                List<@Nullable Object> values = new ArrayList<>(groups.get(0).values());
                for (int i = 0; i < values.size(); i++) {
                    Measure measure = grouping.measures().get(i);
                    if (isAtAnEnd(grouping.collection(), measure)) {
                        values.set(i, measure(grouping, measure, stored));
                    }
                }
                return List.of(new Group(List.of(), values));
            }

            private boolean isAtAnEnd(CollectionDefinition collection, Measure measure) {
                return (measure.kind() == Measure.Kind.MIN || measure.kind() == Measure.Kind.MAX)
                        && collection.indexes().stream()
                                .anyMatch(index -> index.terms().get(0).field().equals(measure.field()));
            }
        });
    }

    /** Where the feeds end is kept beside the log by whoever writes, and not by who removes what has expired. */
    @Breaks(Clause.D7)
    static Mutant aRemovalDoesNotMoveTheEndOfAFeed() {
        Beside<AtomicReference<@Nullable Removed>> removals = new Beside<>(database -> new AtomicReference<>());
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long removeExpired(CollectionDefinition collection, int most) {
                State before = told();
                long removed = super.removeExpired(collection, most);
                removals.of(database).set(new Removed(before, database.newest()));
                return removed;
            }

            @Override
            public String changesEnd(List<CollectionDefinition> collections) {
                return feeds().end(told().draft().judgedBy(this::now), collections);
            }

            /** The state whose end is known; a removal is noticed with the next write. */
            @SuppressWarnings("ReferenceEquality") // one that was changed is another one
            private State told() {
                State newest = database.newest();
                Removed last = removals.of(database).get();
                return last != null && last.after() == newest ? last.before() : newest;
            }
        });
    }

    /** The states before and after a removal. */
    private record Removed(State before, State after) {}

    /**
     * What a removal has taken away is not remembered: a document that was written often in one microsecond has a version ahead
     * of the clock, and who writes its id after the removal gets a lower one.
     */
    @Breaks(Clause.D2)
    static Mutant theVersionsOfWhatWasRemovedAreForgotten() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public long removeExpired(State draft, CollectionDefinition collection, int most) {
                Table table = draft.table(collection.name());
                if (most == Integer.MAX_VALUE
                        || table == null
                        || table.definition().revision() != collection.revision()) {
                    return super.removeExpired(draft, collection, most);
                }
                List<Row> expired = table.rows().values().stream()
                        .filter(row -> draft.isExpired(collection, row))
                        .limit(most)
                        .toList();
                expired.forEach(row -> {
                    draft.changing(table).rows().remove(row.id());
                    log(draft, table.definition(), row.id(), row.version());
                });
                return expired.size();
            }
        });
    }
}
