package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Sort;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Those that were listed with {@link StrangeReportMutants} and {@link StrangeExpiryMutants}, and are about what was there before. */
final class LateStrangeMutants {

    /** Ids, with their collections, whose version stays. */
    private static final ThreadLocal<@Nullable Set<List<String>>> KEPT = new ThreadLocal<>();

    private LateStrangeMutants() {}

    /**
     * A range says {@code term = ?}, also for a null, but for the first term: pages by two orders end where the second is null
     * in the last document.
     */
    @Breaks(Clause.Q21)
    static Mutant aNullBehindTheFirstTermEndsAScan() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean isIn(CollectionDefinition definition, List<Sort> order, Range range, Row row) {
                List<@Nullable Object> equal = range.equal();
                return (equal.size() < 2 || !equal.subList(1, equal.size()).contains(null))
                        && super.isIn(definition, order, range, row);
            }
        });
    }

    /** Two puts of a new document in one transaction have one version, that of its time. */
    @Breaks(Clause.W43)
    static Mutant twoPutsOfATransactionHaveOneVersion() {
        return Mutant.engine((database, config) ->
                new ReferenceEngine(database, config, new Answers(), new Changes() {
                    @Override
                    public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                        Set<List<String>> kept = KEPT.get();
                        if (old == null
                                || kept == null
                                || !kept.contains(List.of(table.definition().name(), id))) {
                            return super.store(table, id, old, body, now);
                        }
                        // A version that is one greater than that of the row before is its own.
                        Row before = new Row(id, old.version() - 1, old.createdAt(), old.body(), old.values());
                        return super.store(table, id, before, body, Long.MIN_VALUE);
                    }
                }) {
                    @Override
                    public EngineSession begin(SessionMode mode) {
                        return new Putting(this, mode);
                    }
                });
    }

    /** Remembers what it has made. */
    private static final class Putting extends ReferenceSession {

        private final ReferenceEngine engine;
        private final Set<List<String>> made = new HashSet<>();

        Putting(ReferenceEngine engine, SessionMode mode) {
            super(engine, mode);
            this.engine = engine;
        }

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            long now = engine.now();
            Map<String, Long> deleted = engine.changes().deleted();
            Set<List<String>> before = Set.copyOf(made);
            List<WriteOutcome> outcomes = read(state -> {
                state.afterDeleting(deleted);
                return writes.stream()
                        .map(write -> write(state, write, now, before))
                        .toList();
            });
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof WriteOutcome.Written written
                        && written.version() == written.createdAt()) {
                    made.add(key(writes.get(i)));
                }
            }
            return outcomes;
        }

        private WriteOutcome write(State state, Write write, long now, Set<List<String>> before) {
            if (write.precondition().kind() == Write.Precondition.Kind.NONE) {
                KEPT.set(before);
            }
            try {
                return engine.changes().write(state, write, now);
            } finally {
                KEPT.remove();
            }
        }

        private static List<String> key(Write write) {
            return List.of(write.collection().name(), write.id());
        }
    }

    /** Of what a query deletes the first 1,000 ids come back, and so are in the feed. */
    @Breaks(Clause.F1)
    static Mutant theFeedHasTheFirstThousandDeletionsOfAQuery() {
        return Mutant.changes(() -> new Changes() {
            private static final int MOST = 1_000;

            @Override
            public void deleteAll(State draft, Table table, List<Row> rows) {
                int told = Math.min(MOST, rows.size());
                super.deleteAll(draft, table, rows.subList(0, told));
                rows.subList(told, rows.size()).forEach(row -> delete(draft.changing(table), row));
            }
        });
    }

    /**
     * A list of more than 500 writes is committed in two parts; if somebody else comes between, all of it is said to have
     * failed, and is made again: a bulk insert meets its own documents.
     */
    @Breaks(value = Clause.W23, race = true)
    static Mutant aLongListIsMadeAgainAlthoughItHasBegun() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private static final int PART = 500;

            private final AtomicBoolean failed = new AtomicBoolean();

            @Override
            @SuppressWarnings("ReferenceEquality") // one that was changed is another one
            public List<WriteOutcome> write(List<Write> writes) {
                if (writes.size() <= PART) {
                    return super.write(writes);
                }
                List<WriteOutcome> outcomes = new ArrayList<>(super.write(writes.subList(0, PART)));
                State mine = database.newest();
                Mutant.pause();
                if (database.newest() != mine && failed.compareAndSet(false, true)) {
                    throw new SerializationFailure("Another transaction was faster.", null);
                }
                failed.set(false);
                outcomes.addAll(super.write(writes.subList(PART, writes.size())));
                return outcomes;
            }
        });
    }

    /**
     * An order by creation time compares milliseconds: of two documents of one millisecond, the one with the lesser id comes
     * first.
     */
    @Breaks(Clause.Q14)
    static Mutant creationTimesAreOrderedByMilliseconds() {
        return Mutant.answers(new Answers() {
            private static final long MICROS = 1_000;

            @Override
            public int compare(Sort term, @Nullable Object one, @Nullable Object other) {
                return term.field().equals("created_at") && one instanceof Long first && other instanceof Long second
                        ? super.compare(term, Math.floorDiv(first, MICROS), Math.floorDiv(second, MICROS))
                        : super.compare(term, one, other);
            }
        });
    }

    /**
     * What was deleted is remembered under the name that the collection had: after a rename and a clock that is set back, a
     * document that is made again has a lower version.
     */
    @Breaks(Clause.W34)
    static Mutant aRenamedCollectionForgetsWhatWasDeleted() {
        return Mutant.changes(() -> new Changes() {
            private final Map<String, Long> carried = new ConcurrentHashMap<>();

            @Override
            public Map<String, Long> deleted() {
                Map<String, Long> own = new HashMap<>(super.deleted());
                carried.forEach(own::remove);
                return Map.copyOf(own);
            }

            @Override
            public void rename(State draft, String name, String newName, String target) {
                Long there = super.deleted().get(newName);
                super.rename(draft, name, newName, target);
                Long version = super.deleted().get(newName);
                if (version != null && !version.equals(there)) {
                    carried.put(newName, version);
                }
            }
        });
    }
}
