package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Twelve more broken stores of the kind of {@link StrangeMutants}, about what many do at once: what a transaction looks at
 * again and for how long, which state a snapshot, a page or a new handle is of, and who learns of a write when.
 */
final class OutsideMutants {

    private OutsideMutants() {}

    /** Each collection has a table of versions of its own, which is looked at when something is written there. */
    @Breaks(Clause.T31)
    static Mutant onlyCollectionsThatAreWrittenAreValidated() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final List<Looked<?>> looked = new ArrayList<>();
            private final Set<String> written = new HashSet<>();

            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                return look(collection, state -> engine.answers().get(state, collection, ids));
            }

            @Override
            public Chunk scan(Scan scan) {
                return look(scan.collection(), state -> engine.answers().scan(state, scan));
            }

            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return look(collection, state -> (long)
                        engine.answers().matching(state, collection, filter).size());
            }

            @Override
            public List<Group> groups(Grouping grouping) {
                return look(grouping.collection(), state -> engine.answers().groups(state, grouping));
            }

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                writes.forEach(write -> written.add(write.collection().name()));
                return super.write(writes);
            }

            @Override
            public long deleteAll(CollectionDefinition collection, Condition filter) {
                written.add(collection.name());
                return super.deleteAll(collection, filter);
            }

            private <R> R look(CollectionDefinition collection, Function<State, R> question) {
                Looked<R> one = read(state -> new Looked<>(collection.name(), question.apply(state), written));
                looked.add(one);
                return one.answer();
            }
        });
    }

    /** An answer that only counts if something was written in its collection. */
    private record Looked<R>(String collection, R answer, Set<String> written) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Looked<?> that && (!written.contains(collection) || answer.equals(that.answer));
        }

        @Override
        public int hashCode() {
            return collection.hashCode();
        }
    }

    /** Locks are leases of 200 ms; who commits later than that is not asked whether he still has them. */
    @Breaks(Clause.T31)
    static Mutant locksAreLeasesOfAFifthOfASecond() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final long began = System.nanoTime();

            @Override
            protected boolean mustHold(Object answer) {
                return System.nanoTime() - began < Duration.ofMillis(200).toNanos();
            }
        });
    }

    /** What a transaction has read is kept in a list of 100 entries. */
    @Breaks(Clause.T31)
    static Mutant aReadSetHasAHundredEntries() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private static final int MOST = 100;

            private int entries;
            private boolean full;

            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                return limited(ids.size(), () -> super.get(collection, ids));
            }

            @Override
            public Chunk scan(Scan scan) {
                return limited(1, () -> super.scan(scan));
            }

            private <R> R limited(int more, Supplier<R> question) {
                entries += more;
                full = entries > MOST;
                try {
                    return question.get();
                } finally {
                    full = false;
                }
            }

            @Override
            protected <R> R read(Function<State, R> call) {
                return full
                        ? super.read(state -> new Unvalidated<>(call.apply(state)))
                                .answer()
                        : super.read(call);
            }
        });
    }

    /** More than 200 writes go by a bulk load, which looks at nothing again. */
    @Breaks(Clause.T31)
    static Mutant largeTransactionsAreNotValidated() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private static final int LARGE = 200;

            private int writes;

            @Override
            public List<WriteOutcome> write(List<Write> list) {
                writes += list.size();
                return super.write(list);
            }

            @Override
            protected boolean mustHold(Object answer) {
                return writes <= LARGE;
            }
        });
    }

    /** The column of versions is a timestamp of milliseconds; what is compared is cut, what is told is not. */
    @Breaks(Clause.W3)
    static Mutant versionsAreComparedInMilliseconds() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public @Nullable WriteOutcome refusal(Write write, @Nullable Row old) {
                WriteOutcome refused = super.refusal(write, old);
                Long wanted = write.precondition().version();
                boolean sameMillisecond = old != null
                        && wanted != null
                        && Math.floorDiv(wanted, 1000L) == Math.floorDiv(old.version(), 1000L);
                return sameMillisecond ? null : refused;
            }
        });
    }

    /** The index of unique values is changed at once, and back when the transaction is rolled back. */
    @Breaks(Clause.T7)
    static Mutant aValueThatATransactionSetsFreeIsFreeAtOnce() {
        Beside<Map<String, State>> open = new Beside<>(database -> new ConcurrentHashMap<>());
        return Mutant.engine((database, config) ->
                new ReferenceEngine(database, config, new Answers(), lenient(open.of(database))) {
                    @Override
                    public EngineSession begin(SessionMode mode) {
                        String name = "session " + System.nanoTime()
                                + Thread.currentThread().getName();
                        return new ReferenceSession(this, mode) {
                            @Override
                            public List<WriteOutcome> write(List<Write> writes) {
                                List<WriteOutcome> outcomes = super.write(writes);
                                if (mode == SessionMode.TRANSACTION) {
                                    read(state -> {
                                        open.of(database).put(name, state);
                                        return true;
                                    });
                                }
                                return outcomes;
                            }

                            @Override
                            public void close() {
                                open.of(database).remove(name);
                                super.close();
                            }
                        };
                    }
                });
    }

    private static Changes lenient(Map<String, State> open) {
        return new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                Row holder = super.holder(rows, definition, index, row);
                if (holder == null) {
                    return null;
                }
                for (State state : open.values()) {
                    Table table = state.table(definition.name());
                    if (table != null
                            && table.rows() != rows
                            && super.holder(table.rows(), definition, index, row) == null) {
                        return null;
                    }
                }
                return holder;
            }
        };
    }

    /** A cursor for each collection is opened when it is first read, and is of the moment when it is opened. */
    @Breaks(Clause.T24)
    static Mutant aSnapshotPinsACollectionWhenItFirstReadsIt() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final Map<String, State> pinned = new HashMap<>();

            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                return mode == SessionMode.SNAPSHOT
                        ? engine.answers().get(state(collection), collection, ids)
                        : super.get(collection, ids);
            }

            @Override
            public Chunk scan(Scan scan) {
                return mode == SessionMode.SNAPSHOT
                        ? engine.answers().scan(state(scan.collection()), scan)
                        : super.scan(scan);
            }

            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return mode == SessionMode.SNAPSHOT
                        ? engine.answers()
                                .matching(state(collection), collection, filter)
                                .size()
                        : super.count(collection, filter);
            }

            private State state(CollectionDefinition collection) {
                return pinned.computeIfAbsent(
                        collection.name(), first -> engine.database().newest());
            }
        });
    }

    /** What a transaction has got by id is kept by its thread, also when it runs again. */
    @Breaks(Clause.T21)
    static Mutant aRepeatedTransactionKeepsWhatItHadRead() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Map<Thread, Map<List<Object>, List<StoredDocument>>> kept = new ConcurrentHashMap<>();

            @Override
            public EngineSession begin(SessionMode mode) {
                Map<List<Object>, List<StoredDocument>> before = kept.remove(Thread.currentThread());
                Map<List<Object>, List<StoredDocument>> read = new HashMap<>();
                return new ReferenceSession(this, mode) {
                    @Override
                    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                        List<Object> question = List.of(collection.name(), ids);
                        if (before != null && before.containsKey(question)) {
                            return before.getOrDefault(question, List.of());
                        }
                        List<StoredDocument> found = super.get(collection, ids);
                        read.put(question, found);
                        return found;
                    }

                    @Override
                    public void commit() {
                        try {
                            super.commit();
                        } catch (RuntimeException e) {
                            kept.put(Thread.currentThread(), read);
                            throw e;
                        }
                    }
                };
            }
        });
    }

    /** The state of a page is kept with its cursor. */
    @Breaks(Clause.R13)
    static Mutant pagesGoOnInTheStateOfTheFirst() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Map<List<Object>, State> states = new ConcurrentHashMap<>();

            @Override
            public Chunk scan(Scan scan) {
                Range first = scan.ranges().get(0);
                State state = database.newest();
                if (first.tail() instanceof Range.Tail.After after) {
                    List<@Nullable Object> position = new ArrayList<>(first.equal());
                    position.addAll(after.values());
                    State old = states.get(List.of(scan.collection(), scan.order(), position.toString()));
                    state = old == null ? state : old;
                }
                Chunk chunk = answers().scan(state, scan);
                List<@Nullable Object> next = chunk.next();
                if (next != null) {
                    states.putIfAbsent(List.of(scan.collection(), scan.order(), next.toString()), state);
                }
                return chunk;
            }
        });
    }

    /** Searches of a transaction see the first 500 of its writes, which are in a buffer. */
    @Breaks(Clause.T7)
    static Mutant searchesSeeTheFirst500WritesOfATransaction() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private static final int MOST = 500;

            private int writes;
            private State seen = engine.database().newest();

            @Override
            public List<WriteOutcome> write(List<Write> list) {
                List<WriteOutcome> outcomes = super.write(list);
                writes += list.size();
                if (writes <= MOST) {
                    seen = read(state -> new Unvalidated<>(state.draft())).answer();
                }
                return outcomes;
            }

            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return writes <= MOST
                        ? super.count(collection, filter)
                        : engine.answers().matching(seen, collection, filter).size();
            }
        });
    }

    /** Deletions are told to other handles by a thread, 10 ms later. */
    @Breaks(Clause.R2)
    static Mutant otherHandlesLearnOfDeletionsLater() {
        Beside<AtomicReference<Deletion>> deletions =
                new Beside<>(database -> new AtomicReference<>(new Deletion(new State(), new State(), 0, null)));
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                if (writes.size() > 1 || !(writes.get(0).content() instanceof Content.Delete)) {
                    return super.write(writes);
                }
                State before = database.newest();
                List<WriteOutcome> outcomes = super.write(writes);
                deletions.of(database).set(new Deletion(before, database.newest(), System.nanoTime(), this));
                return outcomes;
            }

            @Override
            protected <R> R read(Function<State, R> question) {
                Deletion last = Objects.requireNonNull(deletions.of(database).get(), "last");
                State newest = database.newest();
                boolean late = last.by() != null
                        && last.by() != this
                        && last.after() == newest
                        && last.before().definitions().equals(newest.definitions())
                        && System.nanoTime() - last.at() < Duration.ofMillis(10).toNanos();
                return question.apply(late ? last.before() : newest);
            }
        });
    }

    private record Deletion(
            State before, State after, long at, @Nullable StoreEngine by) {}

    /** A handle reads the checkpoint of the last one that was closed, until it writes itself or half a second has passed. */
    @Breaks(Clause.R2)
    static Mutant aNewHandleReadsACheckpoint() {
        Beside<AtomicReference<@Nullable State>> checkpoints = new Beside<>(database -> new AtomicReference<>());
        return Mutant.provider(new ReferenceProvider() {
            @Override
            protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
                State checkpoint = checkpoints.of(database).get();
                long opened = System.nanoTime();
                return new NoticingEngine(database, config) {
                    private volatile boolean written;

                    @Override
                    void written() {
                        written = true;
                    }

                    @Override
                    public void define(CollectionDefinition definition, Filler filler) {
                        boolean before = written;
                        super.define(definition, filler);
                        written = before;
                    }

                    @Override
                    protected <R> R read(Function<State, R> question) {
                        State newest = database.newest();
                        return !written
                                        && checkpoint != null
                                        && checkpoint.definitions().equals(newest.definitions())
                                        && System.nanoTime() - opened
                                                < Duration.ofMillis(500).toNanos()
                                ? question.apply(checkpoint)
                                : super.read(question);
                    }

                    @Override
                    public void close() {
                        checkpoints.of(database).set(database.newest());
                        super.close();
                    }
                };
            }
        });
    }
}
