package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Groups W, R and L: single operations of concurrent callers that are joined, on an engine that wants them so. */
final class JoinedMutants {

    private JoinedMutants() {}

    @Breaks(value = Clause.W29, race = true)
    static Mutant outcomesAreHandedOutInTheOrderOfTheCallers() {
        return joining((writes, engine) -> engine.really(writes))
                .andSource(
                        "internal/join/WriteCombiner",
                        "sorted.get(i).answer = outcomes.get(i);",
                        "calls.get(i).answer = outcomes.get(i);");
    }

    /** As with one statement for all, which sees the state before it. */
    @Breaks(value = Clause.W30, race = true)
    static Mutant aDocumentStandsTwiceInAList() {
        return joining((writes, engine) -> {
                    State before = engine.database().newest();
                    List<WriteOutcome> outcomes = new ArrayList<>();
                    for (Write write : writes) {
                        outcomes.add(engine.write(before.draft(), List.of(write), engine.now())
                                .get(0));
                    }
                    engine.really(writes);
                    return outcomes;
                })
                .andSource(
                        "internal/join/Lanes",
                        "return call.key == null || keysUnderWay.add(call.key);",
                        "return true;");
    }

    @Breaks(value = Clause.W31, race = true)
    static Mutant aRefusedWriteUndoesItsList() {
        return joining((writes, engine) -> {
            List<WriteOutcome> outcomes =
                    engine.write(engine.database().newest().draft(), writes, engine.now());
            boolean refused = outcomes.stream().anyMatch(outcome -> !(outcome instanceof WriteOutcome.Written));
            return refused && writes.size() > 1 ? outcomes : engine.really(writes);
        });
    }

    @Breaks(Clause.W32)
    static Mutant aListWaitsForARowThatIsHeld() {
        Semaphore row = new Semaphore(1);
        return Mutant.engine((database, config) ->
                new Joining(database, config, (writes, engine) -> {
                    if (writes.stream().noneMatch(write -> write.id().equals("held"))) {
                        return engine.really(writes);
                    }
                    take(row, config.timeout().toMillis());
                    try {
                        return engine.really(writes);
                    } finally {
                        row.release();
                    }
                }) {
                    @Override
                    public EngineSession begin(SessionMode mode) {
                        return new ReferenceSession(this, mode) {
                            private boolean holds;

                            @Override
                            public List<WriteOutcome> write(List<Write> writes) {
                                if (!holds && writes.get(0).id().equals("held")) {
                                    take(row, 1000);
                                    holds = true;
                                }
                                return super.write(writes);
                            }

                            @Override
                            public void close() {
                                if (holds) {
                                    row.release();
                                }
                            }
                        };
                    }
                });
    }

    @Breaks(value = Clause.R7, race = true)
    static Mutant aJoinedGetReturnsTheDocumentOfAnother() {
        return joining((writes, engine) -> engine.really(writes))
                .andSource(
                        "internal/join/ReadCombiner",
                        "call.answer = found.getOrDefault(call.asked, List.of());",
                        "call.answer = found.values().iterator().next();");
    }

    @Breaks(value = Clause.L12, race = true)
    static Mutant anInterruptedLeaderFailsItsFollowers() {
        return joining((writes, engine) -> {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new UnavailableException("interrupted", null);
                    }
                    return engine.really(writes);
                })
                .andSource(
                        "internal/join/Combiner", "&& Thread.currentThread().isInterrupted();", "&& list.isEmpty();");
    }

    @Breaks(value = Clause.O6, race = true)
    static Mutant whoseWriteAnotherMadeIsNotTold() {
        return joining((writes, engine) -> engine.really(writes))
                .andSource(
                        "internal/watch/Watch",
                        "if (seen.forgotten && seen.failure == null) {",
                        "if (seen.forgotten && seen.failure == null || seen.over().joined() > 0) {");
    }

    @Breaks(value = Clause.O6, race = true)
    static Mutant whoLeadsIsToldThatItIsAlone() {
        return joining((writes, engine) -> engine.really(writes))
                .andSource(
                        "internal/join/Call",
                        "call.together = list.size();",
                        "call.together = call == list.get(0) ? 1 : list.size();");
    }

    private interface Together {
        List<WriteOutcome> write(List<Write> writes, Joining engine);
    }

    private static Mutant joining(Together together) {
        return Mutant.engine((database, config) -> new Joining(database, config, together));
    }

    private static void take(Semaphore semaphore, long millis) {
        try {
            if (!semaphore.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("canceling statement due to lock timeout", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
    }

    /** Wants one list of writes, and one of gets, at a time, and takes a while for each so that others come together. */
    private static class Joining extends ReferenceEngine {

        private final Together together;

        Joining(ReferenceDatabase database, StoreConfig config, Together together) {
            super(database, config);
            this.together = together;
        }

        @Override
        public EngineInfo info() {
            EngineInfo info = super.info();
            return new EngineInfo(info.name(), info.version(), info.target(), info.capabilities(), 1, 1);
        }

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            Mutant.pause();
            return together.write(writes, this);
        }

        @Override
        public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
            Mutant.pause();
            return super.get(collection, ids);
        }

        /** Writes as it should be. */
        List<WriteOutcome> really(List<Write> writes) {
            return super.write(writes);
        }
    }
}
