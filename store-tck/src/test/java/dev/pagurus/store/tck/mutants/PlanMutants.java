package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Group Q: what goes wrong on one of the ways to an answer, and only where there are many documents to choose for. */
final class PlanMutants {

    /** So many documents are looked at before a way is chosen. */
    private static final int LOOK = 257;

    private PlanMutants() {}

    /** What matches lies behind where the walk along the order ended. */
    @Breaks(Clause.Q38)
    static Mutant aWalkThatWasGivenUpIsTakenForTheAnswer() {
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                Chunk chunk = super.scan(state, scan);
                Scan everything = new Scan(
                        scan.collection(), Condition.EVERYTHING, scan.order(), scan.ranges(), 8 * LOOK, Long.MAX_VALUE);
                Chunk walked = super.scan(state, everything);
                List<StoredDocument> seen = chunk.documents().stream()
                        .filter(walked.documents()::contains)
                        .toList();
                return seen.size() == chunk.documents().size() ? chunk : new Chunk(seen, null);
            }
        });
    }

    /** Few match, so their ids are found first, and the documents come as these lie. */
    @Breaks(Clause.Q38)
    static Mutant idsFirstLosesTheOrder() {
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                Chunk chunk = super.scan(state, scan);
                if (!isChosen(state, scan)
                        || matching(state, scan.collection(), scan.filter()).size() >= LOOK) {
                    return chunk;
                }
                return new Chunk(
                        chunk.documents().stream()
                                .sorted(Comparator.comparing(StoredDocument::id))
                                .toList(),
                        chunk.next());
            }
        });
    }

    /** Each side of an "or" is looked up by its own index. */
    @Breaks(Clause.Q38)
    static Mutant aDocumentOfBothSidesComesTwice() {
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                Chunk chunk = super.scan(state, scan);
                if (!isChosen(state, scan) || !(scan.filter() instanceof Condition.Or or)) {
                    return chunk;
                }
                CollectionDefinition definition =
                        table(state, scan.collection()).definition();
                List<StoredDocument> twice = new ArrayList<>();
                for (StoredDocument document : chunk.documents()) {
                    Row row = matching(state, scan.collection(), scan.filter()).stream()
                            .filter(one -> one.id().equals(document.id()))
                            .findFirst()
                            .orElseThrow();
                    or.conditions().stream()
                            .filter(side -> matches(definition, side, row))
                            .forEach(side -> twice.add(document));
                }
                return new Chunk(twice.stream().limit(scan.maxDocuments()).toList(), chunk.next());
            }
        });
    }

    /** The same where they are only counted. */
    @Breaks(Clause.Q38)
    static Mutant aDocumentOfBothSidesIsCountedTwice() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                long all = super.count(collection, Condition.EVERYTHING);
                return all > LOOK && filter instanceof Condition.Or or
                        ? or.conditions().stream()
                                .mapToLong(side -> super.count(collection, side))
                                .sum()
                        : super.count(collection, filter);
            }
        });
    }

    /** The next page begins where the walk came to, and not behind the last document that was returned. */
    @Breaks(Clause.Q38)
    static Mutant aWalkGoesOnBehindTheLastItLookedAt() {
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                Chunk chunk = super.scan(state, scan);
                if (!isChosen(state, scan) || chunk.next() == null) {
                    return chunk;
                }
                Chunk further = super.scan(
                        state,
                        new Scan(
                                scan.collection(),
                                scan.filter(),
                                scan.order(),
                                scan.ranges(),
                                chunk.documents().size() + 1,
                                Long.MAX_VALUE));
                return new Chunk(chunk.documents(), further.next());
            }
        });
    }

    /** Whether an engine would have to choose at all. */
    private static boolean isChosen(State state, Scan scan) {
        return Stream.of(state.table(scan.collection().name()))
                .anyMatch(table -> table != null && table.rows().size() > LOOK);
    }
}
