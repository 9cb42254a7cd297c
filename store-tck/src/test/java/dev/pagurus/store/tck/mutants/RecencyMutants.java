package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What keeps an answer that is not true any more. */
final class RecencyMutants {

    private RecencyMutants() {}

    /** Answers that are kept for some time, whatever is written. */
    private static final class Kept<K, A> {

        private final long nanos;
        private final Map<K, Aged<A>> answers = new ConcurrentHashMap<>();

        Kept(long millis) {
            nanos = millis * 1_000_000;
        }

        private record Aged<A>(A answer, long since) {}

        A get(K question, Supplier<A> ask) {
            Aged<A> kept = answers.get(question);
            if (kept == null || System.nanoTime() - kept.since() > nanos) {
                kept = new Aged<>(ask.get(), System.nanoTime());
                answers.put(question, kept);
            }
            return kept.answer();
        }
    }

    @Breaks(value = Clause.R2, race = true)
    static Mutant aCountOfAFilterIsKeptForAMoment() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Kept<String, Long> counts = new Kept<>(20);

            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return counts.get(collection.name() + filter, () -> super.count(collection, filter));
            }
        });
    }

    @Breaks(value = Clause.R2, race = true)
    static Mutant groupsAreKeptForAMoment() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Kept<Grouping, List<Group>> groups = new Kept<>(50);

            @Override
            public List<Group> groups(Grouping grouping) {
                return groups.get(grouping, () -> super.groups(grouping));
            }
        });
    }

    @Breaks(value = Clause.R2, race = true)
    static Mutant getAllRemembersForAMomentWhatIsMissing() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Kept<String, Boolean> missing = new Kept<>(20);

            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                if (ids.size() == 1) {
                    return super.get(collection, ids);
                }
                List<String> there = new ArrayList<>(ids);
                there.removeIf(id -> missing.get(
                        collection.name() + id,
                        () -> super.get(collection, List.of(id)).isEmpty()));
                return super.get(collection, there);
            }
        });
    }

    @Breaks(value = Clause.R2, race = true)
    static Mutant allDocumentsAreReadFromAReplica() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Kept<String, State> replica = new Kept<>(20);

            @Override
            public Chunk scan(Scan scan) {
                boolean all = scan.filter().equals(Condition.EVERYTHING)
                        && scan.order().size() == 1;
                return all
                        ? answers().scan(replica.get(scan.collection().text(), database::newest), scan)
                        : super.scan(scan);
            }
        });
    }

    @Breaks(value = Clause.R2, race = true)
    static Mutant aSnapshotBeginsWhereTheLastOneDid() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Kept<Integer, State> begun = new Kept<>(20);

            @Override
            public EngineSession begin(SessionMode mode) {
                State state = begun.get(database.newest().definitions().hashCode(), database::newest);
                return new ReferenceSession(this, mode) {
                    @Override
                    protected <R> R read(Function<State, R> call) {
                        return mode == SessionMode.SNAPSHOT ? call.apply(state) : super.read(call);
                    }
                };
            }
        });
    }

    /** What deletes without naming ids leaves what is kept by id. */
    @Breaks(Clause.R1)
    static Mutant deleteAllForgetsWhatWasRead() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Map<String, List<StoredDocument>> read = new ConcurrentHashMap<>();

            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                return read.computeIfAbsent(collection.name() + ids, first -> super.get(collection, ids));
            }

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                List<WriteOutcome> outcomes = super.write(writes);
                read.clear();
                return outcomes;
            }

            @Override
            public EngineSession begin(SessionMode mode) {
                return new ReferenceSession(this, mode) {
                    private boolean written;

                    @Override
                    public List<WriteOutcome> write(List<Write> writes) {
                        written = true;
                        return super.write(writes);
                    }

                    @Override
                    public void commit() {
                        super.commit();
                        if (written) {
                            read.clear();
                        }
                    }
                };
            }
        });
    }
}
