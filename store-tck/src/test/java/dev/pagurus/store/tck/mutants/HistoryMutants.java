package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.State;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Group T: transactions that forget to look at one kind of read again when they commit, and single reads that are late. */
final class HistoryMutants {

    private static final int PAGE = 50;

    private HistoryMutants() {}

    @Breaks(value = Clause.T31, race = true)
    static Mutant searchesByAManyFieldAreNotValidated() {
        return Mutant.session((engine, mode) -> new Forgetful(engine, mode) {
            @Override
            public Chunk scan(Scan scan) {
                return forgetting(asksForMany(scan.filter()), () -> super.scan(scan));
            }
        });
    }

    @Breaks(value = Clause.T31, race = true)
    static Mutant aGetThatFoundNothingIsNotValidated() {
        return Mutant.session((engine, mode) -> new Forgetful(engine, mode) {
            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                boolean nothing =
                        forgetting(true, () -> super.get(collection, ids)).isEmpty();
                return forgetting(nothing, () -> super.get(collection, ids));
            }
        });
    }

    @Breaks(value = Clause.T31, race = true)
    static Mutant countsAreNotValidated() {
        return Mutant.session((engine, mode) -> new Forgetful(engine, mode) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return forgetting(true, () -> super.count(collection, filter));
            }
        });
    }

    @Breaks(value = Clause.T31, race = true)
    static Mutant countsByValueAreNotValidated() {
        return Mutant.session((engine, mode) -> new Forgetful(engine, mode) {
            @Override
            public List<Group> groups(Grouping grouping) {
                return forgetting(true, () -> super.groups(grouping));
            }
        });
    }

    @Breaks(value = Clause.T31, race = true)
    static Mutant aRefusedInsertIsNotValidated() {
        return Mutant.session((engine, mode) -> new Forgetful(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                return forgetting(writes.stream().allMatch(this::isTaken), () -> super.write(writes));
            }

            private boolean isTaken(Write write) {
                return write.precondition().kind() == Write.Precondition.Kind.ABSENT
                        && !forgetting(true, () -> super.get(write.collection(), List.of(write.id())))
                                .isEmpty();
            }
        });
    }

    @Breaks(value = Clause.T31, race = true)
    static Mutant pagesAreNotValidated() {
        return Mutant.session((engine, mode) -> new Forgetful(engine, mode) {
            @Override
            public Chunk scan(Scan scan) {
                return forgetting(scan.maxDocuments() < PAGE, () -> super.scan(scan));
            }
        });
    }

    @Breaks(value = Clause.T31, race = true)
    static Mutant onlyWhatWasFoundIsValidated() {
        return Mutant.session((engine, mode) -> new Forgetful(engine, mode) {
            @Override
            public Chunk scan(Scan scan) {
                Chunk chunk = forgetting(true, () -> super.scan(scan));
                chunk.documents().forEach(found -> get(scan.collection(), List.of(found.id())));
                return chunk;
            }
        });
    }

    /** Snapshot isolation: a third party sees the one and not the other. */
    @Breaks(
            value = {Clause.T23, Clause.T31, Clause.T32},
            race = true)
    static Mutant onlyTheAnswersOfWritesAreValidated() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected boolean mustHold(Object answer) {
                return answer instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof WriteOutcome;
            }
        });
    }

    @Breaks(value = Clause.T30, race = true)
    static Mutant countsComeFromACounterThatLags() {
        return Mutant.engine((database, config) -> new Lagging(database, config) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return late(() -> super.count(collection, filter));
            }
        });
    }

    @Breaks(
            value = {Clause.T23, Clause.T30},
            race = true)
    static Mutant queriesGoToAReplicaThatLags() {
        return Mutant.engine((database, config) -> new Lagging(database, config) {
            @Override
            public Chunk scan(Scan scan) {
                return late(() -> super.scan(scan));
            }
        });
    }

    private static boolean asksForMany(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.conditions().stream().anyMatch(HistoryMutants::asksForMany);
        }
        if (condition instanceof Condition.Or or) {
            return or.conditions().stream().anyMatch(HistoryMutants::asksForMany);
        }
        return condition instanceof Condition.ContainsAny || condition instanceof Condition.ContainsNone;
    }

    /** Does not make each call again when it commits. */
    private static class Forgetful extends ReferenceSession {

        private final State draft;
        private boolean forgets;

        Forgetful(ReferenceEngine engine, SessionMode mode) {
            super(engine, mode);
            this.draft = super.read(state -> state);
        }

        final <R> R forgetting(boolean really, Supplier<R> call) {
            forgets = really;
            try {
                return call.get();
            } finally {
                forgets = false;
            }
        }

        @Override
        protected <R> R read(Function<State, R> call) {
            return forgets ? call.apply(draft) : super.read(call);
        }

        @Override
        protected boolean mustHold(Object answer) {
            return !(answer instanceof State);
        }
    }

    /** Some of its single reads see the state of twenty milliseconds ago. */
    private static class Lagging extends ReferenceEngine {

        private static final long LAG_NANOS = 20_000_000;

        private volatile State replica;
        private volatile long copied;
        private final ThreadLocal<Boolean> late = ThreadLocal.withInitial(() -> false);

        Lagging(ReferenceDatabase database, StoreConfig config) {
            super(database, config);
            this.replica = database.newest();
            this.copied = System.nanoTime();
        }

        final <R> R late(Supplier<R> call) {
            late.set(true);
            try {
                return call.get();
            } finally {
                late.set(false);
            }
        }

        @Override
        protected <R> R read(Function<State, R> question) {
            if (!late.get()) {
                return super.read(question);
            }
            if (replica.definitions().size()
                            != database().newest().definitions().size()
                    || System.nanoTime() - copied > LAG_NANOS) {
                replica = database().newest();
                copied = System.nanoTime();
            }
            return question.apply(replica);
        }
    }
}
