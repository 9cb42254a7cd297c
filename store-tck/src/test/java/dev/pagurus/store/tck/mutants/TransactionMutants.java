package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Group T: transactions. */
final class TransactionMutants {

    private TransactionMutants() {}

    @Breaks(Clause.T1)
    static Mutant aRollbackKeepsTheFirstWrite() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final List<Write> kept = new ArrayList<>();

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                kept.addAll(writes);
                return super.write(writes);
            }

            @Override
            public void commit() {
                super.commit();
                kept.clear();
            }

            @Override
            public void close() {
                if (!kept.isEmpty()) {
                    engine.write(kept.subList(0, 1));
                }
            }
        });
    }

    @Breaks(Clause.T2)
    static Mutant theFunctionsExceptionIsWrapped() {
        return Mutant.source(
                "internal/access/Sessions",
                "throw e;",
                "throw new IllegalStateException(\"The transaction failed.\", e);");
    }

    @Breaks(Clause.T3)
    static Mutant queriesOfATransactionGoOverAnotherConnection() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public Chunk scan(Scan scan) {
                return engine.scan(scan);
            }
        });
    }

    /** As with a connection whose autocommit is on. */
    @Breaks({Clause.T1, Clause.T4, Clause.T11, Clause.T12, Clause.T13, Clause.T14})
    static Mutant everyStatementOfATransactionIsCommittedByItself() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected <R> R read(Function<State, R> call) {
                return engine.database().change(call);
            }

            @Override
            public void commit() {
                // Nothing is left to be done.
            }
        });
    }

    /** As PostgreSQL does without a savepoint. */
    @Breaks(Clause.T5)
    static Mutant anExpectedOutcomeAbortsTheTransaction() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private boolean aborted;

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                List<WriteOutcome> outcomes = super.write(writes);
                aborted = outcomes.stream().anyMatch(TransactionMutants::isRefusal);
                return outcomes;
            }

            @Override
            protected <R> R read(Function<State, R> call) {
                if (aborted) {
                    throw new UnavailableException("current transaction is aborted", null);
                }
                return super.read(call);
            }
        });
    }

    @Breaks(Clause.T6)
    static Mutant actionsAfterTheCommitRunBeforeIt() {
        return Mutant.source(
                "internal/RunningTransaction",
                "afterCommit.add(Objects.requireNonNull(action, \"action\"));",
                "action.run();");
    }

    @Breaks(Clause.T6)
    static Mutant anExceptionOfAnActionStopsTheOthers() {
        return Mutant.source(
                "internal/RunningTransaction", "catch (RuntimeException e)", "catch (IllegalArgumentException e)");
    }

    @Breaks(Clause.T7)
    static Mutant aBatchInATransactionIsCommittedByItself() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                return writes.size() > 1 ? engine.write(writes) : super.write(writes);
            }
        });
    }

    @Breaks(Clause.T8)
    static Mutant theStoreIsNotRefusedInsideOfItsTransaction() {
        return Mutant.source("internal/access/Sessions", "if (mode != null) {", "if (mode == SessionMode.SNAPSHOT) {");
    }

    @Breaks(Clause.T9)
    static Mutant aTransactionIsOfUseAfterItsEnd() {
        return Mutant.source(
                "internal/access/SessionAccess", "if (ended) {", "if (ended && mode == SessionMode.SNAPSHOT) {");
    }

    @Breaks({Clause.T9, Clause.T26})
    static Mutant anyThreadMayUseASession() {
        return Mutant.source("internal/access/SessionAccess", "Thread.currentThread() != owner", "ended");
    }

    @Breaks(Clause.T10)
    static Mutant aTransactionDefinesWhatIsMissing() {
        return Mutant.source("internal/Definitions", "if (stored == null) {", """
                if (stored == null) {
                    engine.define(wanted, mapping.filling(false, java.util.Set.of()));
                    return mapping;
                }
                if (stored == null) {
                """);
    }

    @Breaks({Clause.T15, Clause.T16, Clause.T17, Clause.T18, Clause.T24})
    static Mutant everyStatementSeesAStateOfItsOwn() {
        return Mutant.session(ReadCommitted::new);
    }

    /** As on PostgreSQL, where begin fixes no state. */
    @Breaks(Clause.T24)
    static Mutant aSnapshotHasTheStateOfItsFirstRead() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private @Nullable State first;

            @Override
            protected <R> R read(Function<State, R> call) {
                if (mode == SessionMode.TRANSACTION) {
                    return super.read(call);
                }
                if (first == null) {
                    first = engine.database().newest().draft();
                }
                return call.apply(first);
            }
        });
    }

    /** Snapshot isolation: what was read may have changed, if nothing else was written. */
    @Breaks({Clause.T19, Clause.T20, Clause.T21})
    static Mutant onlyWritesConflict() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected boolean mustHold(Object answer) {
                return answer instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof WriteOutcome;
            }
        });
    }

    /** As on PostgreSQL after a rollback to a savepoint, which forgets what the refused statement has read. */
    @Breaks(Clause.T22)
    static Mutant whatARefusedWriteSawMayChange() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected boolean mustHold(Object answer) {
                return !(answer instanceof List<?> list)
                        || list.isEmpty()
                        || !(list.get(0) instanceof WriteOutcome outcome)
                        || !isRefusal(outcome);
            }
        });
    }

    @Breaks(value = Clause.T23, race = true)
    static Mutant historiesAreReadCommitted() {
        return Mutant.session((engine, mode) -> new ReadCommitted(engine, mode) {
            @Override
            protected <R> R read(Function<State, R> call) {
                Mutant.pause();
                return super.read(call);
            }
        });
    }

    @Breaks(Clause.T25)
    static Mutant aSnapshotWaitsForTheWriter() {
        Semaphore one = new Semaphore(1);
        return Mutant.session((engine, mode) -> {
            take(one, 1000);
            return new ReferenceSession(engine, mode) {
                @Override
                public void close() {
                    one.release();
                }
            };
        });
    }

    @Breaks(Clause.T26)
    static Mutant aSnapshotIsOfUseAfterItsEnd() {
        return Mutant.source(
                "internal/access/SessionAccess", "if (ended) {", "if (ended && mode == SessionMode.TRANSACTION) {");
    }

    @Breaks(Clause.T27)
    static Mutant snapshotsTakeTheReadersConnections() {
        return Mutant.engine(Crowded::new);
    }

    @Breaks(value = Clause.T28, race = true)
    static Mutant aSwallowedConflictIsForgotten() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
                    private final State begun = engine.database().newest();

                    @Override
                    protected <R> R read(Function<State, R> call) {
                        Mutant.pause();
                        if (engine.database().newest() != begun) {
                            throw new SerializationFailure("could not serialize access due to concurrent update", null);
                        }
                        return super.read(call);
                    }

                    @Override
                    protected boolean mustHold(Object answer) {
                        return false;
                    }
                })
                .andSource("internal/access/SessionAccess", "failure = e;", "failure = null;");
    }

    @Breaks(value = Clause.T29, race = true)
    static Mutant aConflictIsAnError() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public void commit() {
                Mutant.pause();
                try {
                    super.commit();
                } catch (SerializationFailure e) {
                    throw new UnavailableException("could not serialize access", e);
                }
            }
        });
    }

    @Breaks(value = Clause.T29, race = true)
    static Mutant actionsOfEarlierAttemptsRunToo() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
                    @Override
                    public void commit() {
                        Mutant.pause();
                        super.commit();
                    }
                })
                .andSource("internal/OpenStore", "afterCommit.clear();", "");
    }

    private static boolean isRefusal(WriteOutcome outcome) {
        return !(outcome instanceof WriteOutcome.Written || outcome instanceof WriteOutcome.Deleted);
    }

    private static void take(Semaphore semaphore, long millis) {
        try {
            if (!semaphore.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("timeout waiting for connection from pool", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
    }

    /** Reads what is committed at the moment of each statement, and commits its writes whatever has changed. */
    private static class ReadCommitted extends ReferenceSession {

        private final ReferenceEngine engine;
        private final List<Function<State, ?>> written = new ArrayList<>();
        private boolean writing;

        ReadCommitted(ReferenceEngine engine, SessionMode mode) {
            super(engine, mode);
            this.engine = engine;
        }

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            writing = true;
            List<WriteOutcome> outcomes = super.write(writes);
            writing = false;
            return outcomes;
        }

        @Override
        public long deleteAll(CollectionDefinition collection, Condition filter) {
            writing = true;
            long deleted = super.deleteAll(collection, filter);
            writing = false;
            return deleted;
        }

        @Override
        protected <R> R read(Function<State, R> call) {
            State state = engine.database().newest().draft();
            written.forEach(one -> Objects.requireNonNull(one.apply(state)));
            if (writing) {
                written.add(call);
            }
            return call.apply(state);
        }

        @Override
        public void commit() {
            engine.database().change(draft -> {
                written.forEach(one -> Objects.requireNonNull(one.apply(draft)));
                return true;
            });
        }
    }

    /** Has ten connections, for everything. */
    private static final class Crowded extends ReferenceEngine {

        private final Semaphore connections = new Semaphore(10);

        Crowded(ReferenceDatabase database, StoreConfig config) {
            super(database, config);
        }

        @Override
        protected <R> R read(Function<State, R> question) {
            take(connections, 500);
            try {
                return super.read(question);
            } finally {
                connections.release();
            }
        }

        @Override
        public EngineSession begin(SessionMode mode) {
            take(connections, 500);
            return new ReferenceSession(this, mode) {
                @Override
                public void close() {
                    connections.release();
                }
            };
        }
    }
}
