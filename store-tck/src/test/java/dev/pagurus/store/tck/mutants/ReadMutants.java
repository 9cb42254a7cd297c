package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Group R: reads. */
final class ReadMutants {

    private static final int MOST_PARAMETERS = 32_766;

    private ReadMutants() {}

    @Breaks({Clause.R1, Clause.R2})
    static Mutant readsGoToAReplicaThatLags() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private volatile State replica = database.newest();
            private volatile long copied = System.nanoTime();

            @Override
            protected <R> R read(Function<State, R> question) {
                if (replica.definitions().isEmpty() || System.nanoTime() - copied > 5_000_000) {
                    replica = database.newest();
                    copied = System.nanoTime();
                }
                return question.apply(replica);
            }
        });
    }

    @Breaks(Clause.R2)
    static Mutant aHandleNoticesOnlyItsOwnWrites() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private volatile State seen = database.newest();

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                List<WriteOutcome> outcomes = super.write(writes);
                seen = database.newest();
                return outcomes;
            }

            @Override
            protected <R> R read(Function<State, R> question) {
                if (seen.definitions().isEmpty()) {
                    seen = database.newest();
                }
                return question.apply(seen);
            }
        });
    }

    @Breaks(Clause.R3)
    static Mutant aMissingDocumentIsAnError() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredDocument> get(State state, CollectionDefinition collection, List<String> ids) {
                List<StoredDocument> found = super.get(state, collection, ids);
                if (found.isEmpty()) {
                    throw new UnavailableException("expected a row, found none", null);
                }
                return found;
            }
        });
    }

    @Breaks(Clause.R3)
    static Mutant aDeletedDocumentExistsOn() {
        return Mutant.source(
                "internal/collection/TypedReads",
                "return !access.get(mapping.definition(), mapping.checkId(id)).isEmpty();",
                "return access.get(mapping.definition(), mapping.checkId(id)) != null;");
    }

    @Breaks(Clause.R4)
    static Mutant aStatementTakesOnly32766Parameters() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredDocument> get(State state, CollectionDefinition collection, List<String> ids) {
                if (ids.size() > MOST_PARAMETERS) {
                    throw new UnavailableException("too many SQL variables", null);
                }
                return super.get(state, collection, ids);
            }
        });
    }

    @Breaks(Clause.R4)
    static Mutant getAllForgetsTheOrderAsked() {
        return Mutant.source(
                "internal/collection/TypedReads",
                "documents = new LinkedHashMap<>();",
                "documents = new java.util.TreeMap<>();");
    }

    @Breaks(value = Clause.R5, race = true)
    static Mutant getAllReadsOneIdAfterTheOther() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                List<StoredDocument> found = new ArrayList<>();
                for (String id : ids) {
                    List<StoredDocument> one = super.get(collection, List.of(id));
                    found.addAll(one);
                    if (!one.isEmpty()) {
                        // Where most of many ids are missing, to pause for each would take half a minute.
                        Mutant.pause();
                    }
                }
                return found;
            }
        });
    }

    @Breaks(Clause.R6)
    static Mutant aTransactionLocksReadersOut() {
        Map<ReferenceDatabase, Semaphore> locks = new ConcurrentHashMap<>();
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Semaphore lock = locks.computeIfAbsent(database, one -> new Semaphore(1));

            @Override
            public EngineSession begin(SessionMode mode) {
                lock.acquireUninterruptibly();
                return new ReferenceSession(this, mode) {
                    @Override
                    public void close() {
                        lock.release();
                    }
                };
            }

            @Override
            protected <R> R read(Function<State, R> question) {
                try {
                    if (!lock.tryAcquire(config.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                        throw new UnavailableException("lock timeout", null);
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                try {
                    return super.read(question);
                } finally {
                    lock.release();
                }
            }
        });
    }

    @Breaks(Clause.R6)
    static Mutant readersSeeWhatIsNotYetCommitted() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                List<WriteOutcome> outcomes = super.write(writes);
                engine.write(writes);
                return outcomes;
            }

            @Override
            protected boolean mustHold(Object answer) {
                return false;
            }
        });
    }

    /** Too seldom for tests of a few steps, and too often for a walk of hundreds. */
    @Breaks(Clause.R8)
    static Mutant everyTwentiethBodyIsForgotten() {
        AtomicInteger bodies = new AtomicInteger();
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(State.Table table, String id, @Nullable Row old, Content.Body body, long now) {
                WriteOutcome outcome = super.store(table, id, old, body, now);
                if (bodies.incrementAndGet() % 20 == 0) {
                    table.rows().remove(id);
                }
                return outcome;
            }
        });
    }
}
