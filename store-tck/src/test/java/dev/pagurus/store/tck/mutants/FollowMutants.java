package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Group F: who follows a feed inside of the store, or waits for it. */
final class FollowMutants {

    private static final String MARKS = "pagurus_followers";

    private FollowMutants() {}

    @Breaks(Clause.F21)
    static Mutant aFollowerMayHaveAnyName() {
        return Mutant.source("internal/changes/Following", "        Followers.checkName(name);\n", "");
    }

    @Breaks(value = Clause.F22, race = true)
    static Mutant itIsNotLookedWhetherAnotherWasFaster() {
        return Mutant.source(
                "internal/changes/Following",
                "if (!Objects.equals(mark.position(), place.saved)) {",
                "if (mark.version() == null && place.saved != null && Objects.equals(name, \"\")) {");
    }

    @Breaks(Clause.F23)
    static Mutant thePositionIsKeptBeforeTheEffects() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                return writes.get(0).collection().name().equals(MARKS) ? engine.write(writes) : super.write(writes);
            }

            @Override
            protected boolean mustHold(Object answer) {
                // Or it would conflict with itself.
                return false;
            }
        });
    }

    @Breaks(Clause.F24)
    static Mutant whatOthersWriteIsNotNoticed() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private volatile @Nullable String first;

            @Override
            public String changesEnd(List<CollectionDefinition> collections) {
                String end = first == null ? super.changesEnd(collections) : first;
                first = end;
                return end;
            }
        });
    }

    /** One that does not wait just then keeps it even so. */
    @Breaks(value = Clause.F25, race = true)
    static Mutant aFollowerSwallowsTheInterrupt() {
        return Mutant.source(
                "internal/changes/Following",
                "        } catch (InterruptedException e) {\n            Thread.currentThread().interrupt();",
                "        } catch (InterruptedException e) {\n            LOG.debug(\"Ends\", e);");
    }

    /** As somebody's reads do who reads at SERIALIZABLE and takes predicate locks on the tail. */
    @Breaks(Clause.F26)
    static Mutant whoReadsMakesTransactionsConflict() {
        Map<ReferenceDatabase, AtomicLong> reads = new ConcurrentHashMap<>();
        return Mutant.engine((database, config) -> {
            AtomicLong here = reads.computeIfAbsent(database, first -> new AtomicLong());
            return new ReferenceEngine(database, config, new Answers(), new Changes()) {
                @Override
                public ChangeChunk changes(ChangeScan scan) {
                    here.incrementAndGet();
                    return super.changes(scan);
                }

                @Override
                public ReferenceSession begin(SessionMode mode) {
                    long before = here.get();
                    return new ReferenceSession(this, mode) {
                        @Override
                        public void commit() {
                            if (here.get() != before) {
                                throw new SerializationFailure("Somebody has read the log.", null);
                            }
                            super.commit();
                        }
                    };
                }
            };
        });
    }

    @Breaks(Clause.F27)
    static Mutant whoCannotGoOnIsNotToldFromWhoCan() {
        return Mutant.source("internal/changes/Followers", "            lost = true;", "            lost = false;");
    }

    @Breaks(Clause.F27)
    static Mutant everyFollowerIsSaidToBeUpToDate() {
        return Mutant.source(
                "internal/changes/Followers",
                "since = next.changes().isEmpty() ? null : next.changes().get(0).version();",
                "since = next.changes().isEmpty() ? null : since;");
    }

    @Breaks(Clause.F27)
    static Mutant healthDoesNotSayWhoCannotGoOn() {
        return Mutant.source("internal/changes/FollowerHealth", "one.lost() ? \"lost\" : how", "how");
    }

    @Breaks(Clause.F27)
    static Mutant healthKnowsNoFollowers() {
        return Mutant.source(
                "internal/StoreHealth", "if (behind != null) {", "if (behind != null && behind.isEmpty()) {");
    }

    @Breaks(Clause.F28)
    static Mutant whoWaitsForAPageGetsTheFirstOne() {
        return Mutant.source(
                "internal/changes/Feed",
                "if (!page.changes().isEmpty() || System.nanoTime() - deadline >= 0) {",
                "if (!page.changes().isEmpty() || System.nanoTime() != deadline) {");
    }
}
