package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.Health;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.State;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Group L: lifecycle. */
final class LifecycleMutants {

    private static final long A_MINUTE = 60_000_000_000L;

    /** Held, for a socket that nobody holds may be closed by the garbage collector. */
    private static final Queue<ServerSocket> LEAKED = new ConcurrentLinkedQueue<>();

    private LifecycleMutants() {}

    @Breaks(Clause.L1)
    static Mutant closingAgainIsAnError() {
        return Mutant.source("internal/access/Gate", "return false;", "throw new IllegalStateException(\"not open\");");
    }

    @Breaks(Clause.L1)
    static Mutant closingOneHandleEndsTheDatabase() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void close() {
                database.commit(new State());
            }
        });
    }

    @Breaks(Clause.L2)
    static Mutant closeDoesNotWait() {
        return Mutant.source("internal/access/Gate", "while (before > 0) {", "while (before < 0) {");
    }

    @Breaks({Clause.L3, Clause.E11})
    static Mutant aHandleAnswersAfterClose() {
        return Mutant.source("internal/access/Gate", "throw new StoreClosedException(store);", "return;");
    }

    @Breaks(Clause.L4)
    static Mutant aTransactionMayCloseItsStore() {
        return Mutant.source(
                        "internal/OpenStore", "sessions.refuseInside();\n        waiting.close();", "waiting.close();")
                .andSource("internal/access/Gate", "while (before > 0) {", "while (before < 0) {");
    }

    @Breaks(Clause.L5)
    static Mutant aCloseLeavesAThread() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void close() {
                Thread timer = new Thread(() -> LockSupport.parkNanos(A_MINUTE), "leaked");
                timer.setDaemon(true);
                timer.start();
            }
        });
    }

    @Breaks(Clause.L6)
    static Mutant aCloseForgetsAFile() {
        List<FileInputStream> forgotten = Collections.synchronizedList(new ArrayList<>());
        return Mutant.engine((database, config) -> {
            try {
                forgotten.add(new FileInputStream("/dev/null"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ReferenceEngine(database, config) {
                @Override
                public void close() {
                    // Keeps them from being collected, which would close them.
                    LockSupport.setCurrentBlocker(forgotten);
                }
            };
        });
    }

    @Breaks({Clause.L7, Clause.L13})
    static Mutant theLastCommitWasNotFlushed() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private volatile State flushed = database.newest();

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                flushed = database.newest();
                return super.write(writes);
            }

            @Override
            public void close() {
                database.commit(flushed);
            }
        });
    }

    @Breaks(Clause.L8)
    static Mutant healthSaysThatAStoreIsDown() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public Health health() {
                return new Health(false, "Reference 1", Duration.ofNanos(1), "never asked", Map.of());
            }
        });
    }

    @Breaks(Clause.L9)
    static Mutant anInterruptIsSwallowed() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                if (Thread.interrupted()) {
                    Mutant.pause();
                }
                return super.write(writes);
            }
        });
    }

    /** As a file channel of Java is closed by an interrupt. */
    @Breaks(Clause.L9)
    static Mutant anInterruptClosesTheConnection() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private volatile boolean closed;

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                closed |= Thread.currentThread().isInterrupted();
                if (closed) {
                    throw new UnavailableException("This connection has been closed.", null);
                }
                return super.write(writes);
            }
        });
    }

    /** As a lock that looks at the interrupt before it looks whether it is free. */
    @Breaks(Clause.L15)
    static Mutant anInterruptedReaderIsRefused() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new UnavailableException("interrupted", null);
                }
                return super.get(collection, ids);
            }
        });
    }

    @Breaks(Clause.L15)
    static Mutant aCommitThatSucceedsClearsTheInterrupt() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public void commit() {
                super.commit();
                if (Thread.interrupted()) {
                    Mutant.pause();
                }
            }
        });
    }

    @Breaks(Clause.L15)
    static Mutant aListClearsTheInterrupt() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public Chunk scan(Scan scan) {
                if (Thread.interrupted()) {
                    Mutant.pause();
                }
                return super.scan(scan);
            }
        });
    }

    @Breaks(Clause.L10)
    static Mutant aWriterWaitsLongerThanItsTimeout() {
        Semaphore writer = new Semaphore(1);
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                boolean mine = false;
                try {
                    mine = writer.tryAcquire(6, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (!mine) {
                    throw new UnavailableException("database is locked", null);
                }
                try {
                    return super.write(writes);
                } finally {
                    writer.release();
                }
            }

            @Override
            public EngineSession begin(SessionMode mode) {
                writer.acquireUninterruptibly();
                return new ReferenceSession(this, mode) {
                    @Override
                    public void close() {
                        writer.release();
                    }
                };
            }
        });
    }

    @Breaks(value = Clause.L11, race = true)
    static Mutant tooManyCallersAreRefused() {
        Semaphore places = new Semaphore(2);
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public EngineSession begin(SessionMode mode) {
                if (!places.tryAcquire()) {
                    throw new UnavailableException("sorry, too many clients already", null);
                }
                Mutant.pause();
                return new ReferenceSession(this, mode) {
                    @Override
                    public void close() {
                        places.release();
                    }
                };
            }
        });
    }

    @Breaks(Clause.L14)
    static Mutant aCloseLeavesAConnection() {
        return Mutant.engine((database, config) -> {
            try {
                LEAKED.add(new ServerSocket(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ReferenceEngine(database, config);
        });
    }

    @Breaks(Clause.L14)
    static Mutant anInterruptedCloseGivesUp() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void close() {
                if (Thread.interrupted()) {
                    throw new UnavailableException("interrupted");
                }
            }
        });
    }
}
