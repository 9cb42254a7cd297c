package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;

/** Group K: claims. */
final class ClaimMutants {

    private ClaimMutants() {}

    private static Mutant candidates(BiFunction<ReferenceEngine, Scan, Chunk> candidates) {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public Chunk candidates(Scan scan) {
                return candidates.apply(this, scan);
            }
        });
    }

    private static Scan changed(Scan scan, Condition filter, List<Sort> order) {
        return new Scan(scan.collection(), filter, order, scan.ranges(), scan.maxDocuments(), scan.maxBytes());
    }

    @Breaks(Clause.K1)
    static Mutant candidatesComeInTheOrderOfTheirIds() {
        return candidates((engine, scan) -> new Chunk(
                engine.scan(changed(scan, scan.filter(), List.of(new Sort("id", false))))
                        .documents(),
                null));
    }

    @Breaks({Clause.K1, Clause.K3})
    static Mutant candidatesAreOfAnyKind() {
        return candidates((engine, scan) -> engine.scan(changed(scan, Condition.EVERYTHING, scan.order())));
    }

    @Breaks(Clause.K1)
    static Mutant aChunkOfCandidatesIsTheLast() {
        return candidates((engine, scan) -> new Chunk(
                engine
                        .scan(new Scan(
                                scan.collection(), scan.filter(), scan.order(), scan.ranges(), 100, scan.maxBytes()))
                        .documents()
                        .stream()
                        .limit(scan.maxDocuments())
                        .toList(),
                null));
    }

    /** As from a replica, which follows its own connection's writes only. */
    @Breaks(Clause.K3)
    static Mutant candidatesAreThoseBeforeWhatOthersWrote() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private volatile State seen = database.newest();

            @Override
            public Chunk candidates(Scan scan) {
                return seen.table(scan.collection().name()) == null
                        ? super.candidates(scan)
                        : answers().scan(seen, scan);
            }

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                List<WriteOutcome> outcomes = super.write(writes);
                seen = database().newest();
                return outcomes;
            }
        });
    }

    @Breaks(value = Clause.K2, race = true)
    static Mutant whoeverWritesLastHasIt() {
        return Mutant.source(
                "internal/collection/Claim",
                "Write.Precondition.version(document.version())",
                "Write.Precondition.NONE");
    }

    @Breaks(value = Clause.K2, race = true)
    static Mutant whatWasLostIsReturnedToo() {
        return Mutant.source(
                "internal/collection/Claim",
                "            } else if (outcome instanceof WriteOutcome.VersionConflict) {\n",
                """
                            } else if (outcome instanceof WriteOutcome.VersionConflict) {
                                claimed.add(changed.get(i));
                """);
    }

    @Breaks(value = Clause.K4, race = true)
    static Mutant someWritesArePostponedForNothing() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                List<Write> made = new ArrayList<>();
                writes.forEach(write -> {
                    if (write.precondition().version() == null
                            || ThreadLocalRandom.current().nextBoolean()) {
                        made.add(write);
                    }
                });
                List<WriteOutcome> outcomes = made.isEmpty() ? List.of() : super.write(made);
                return writes.stream()
                        .<WriteOutcome>map(write ->
                                made.contains(write) ? outcomes.get(made.indexOf(write)) : new WriteOutcome.Postponed())
                        .toList();
            }
        });
    }

    @Breaks(value = Clause.K4, race = true)
    static Mutant whoLosesGivesUp() {
        return Mutant.source(
                "internal/collection/Claim",
                "            return !candidates.exhausted() || settled < found.size();",
                "            return !candidates.exhausted() && settled == found.size();");
    }

    @Breaks(Clause.K5)
    static Mutant aDocumentIsDeletedWhateverItsVersion() {
        return Mutant.source(
                "internal/collection/TypedCollection",
                "        return delete(document.id(), document.version());",
                "        return delete(document.id());");
    }

    @Breaks(Clause.K6)
    static Mutant theTimeIsThatOfThisMachine() {
        return Mutant.source(
                "internal/OpenStore",
                "Micros.toInstant(access.call(\"question for the time\", engine::now))",
                "Instant.now().minusSeconds(60)");
    }

    @Breaks(Clause.K7)
    static Mutant claimsOfATransactionWaitForItsEnd() {
        return Mutant.source("internal/access/SessionAccess", """
                    public List<WriteOutcome> tryAll(List<Write> writes) {
                        return writeAll(writes);
                """, """
                    public List<WriteOutcome> tryAll(List<Write> writes) {
                        return writes.stream()
                                .<WriteOutcome>map(write -> new WriteOutcome.Written(write.precondition().version() + 1, 0))
                                .toList();
                """);
    }

    @Breaks(value = Clause.K8, race = true)
    static Mutant whoLosesFails() {
        return Mutant.source(
                "internal/collection/Claim",
                "            } else if (outcome instanceof WriteOutcome.VersionConflict) {\n                lost++;",
                "            } else if (outcome instanceof WriteOutcome.VersionConflict) {\n                throw Outcomes.failure(write, outcome);");
    }

    @Breaks(Clause.K9)
    static Mutant eachDocumentIsWrittenAtOnce() {
        return Mutant.source(
                "internal/collection/Claim",
                "            if (writes.size() == missing) {",
                "            if (writes.size() == 1) {");
    }

    @Breaks(Clause.K9)
    static Mutant aCursorIsOverlooked() {
        return Mutant.source(
                "internal/query/QueryPlan",
                "        if (cursor != null) {\n            throw new IllegalStateException(\"claim",
                "        if (cursor != null && documents < 0) {\n            throw new IllegalStateException(\"claim");
    }

    @Breaks(Clause.K10)
    static Mutant aDamagedDocumentEndsTheSearch() {
        return Mutant.source(
                "internal/collection/Claim",
                "                return !candidates.exhausted();",
                "                return false;");
    }

    @Breaks(Clause.K10)
    static Mutant whatIsPassedByIsToldOfAgain() {
        return Mutant.source(
                        "internal/join/Demand",
                        "wanted.size() < scan.maxDocuments() && !passed.contains(document.id())",
                        "wanted.size() < scan.maxDocuments()")
                .andSource(
                        "internal/join/Dealer",
                        "if (!demand.passed().contains(document.id())) {",
                        "if (!document.id().isEmpty()) {");
    }
}
