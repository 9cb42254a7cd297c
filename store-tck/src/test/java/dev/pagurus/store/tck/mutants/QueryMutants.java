package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Group Q: queries, what comes of them; see {@link FilterMutants} for what matches. */
final class QueryMutants {

    private QueryMutants() {}

    @Breaks(Clause.Q17)
    static Mutant nullsComeLastAscending() {
        return orderingNulls((term, compared) -> -compared);
    }

    @Breaks(Clause.Q17)
    static Mutant nullsComeFirstDescending() {
        return orderingNulls((term, compared) -> term.descending() ? -compared : compared);
    }

    @Breaks(Clause.Q18)
    static Mutant idsAreOrderedAsADictionaryDoes() {
        return Mutant.answers(new Answers() {
            @Override
            public int compare(Sort term, @Nullable Object one, @Nullable Object other) {
                int compared = term.field().equals("id") && one != null && other != null
                        ? one.toString().compareToIgnoreCase(other.toString()) * (term.descending() ? -1 : 1)
                        : 0;
                return compared != 0 ? compared : super.compare(term, one, other);
            }
        });
    }

    @Breaks(Clause.Q19)
    static Mutant tiesAlwaysBreakByAscendingId() {
        return Mutant.source(
                "internal/query/QueryPlan",
                "total.add(new Sort(\"id\", descending));",
                "total.add(new Sort(\"id\", descending && orders.isEmpty()));");
    }

    @Breaks(Clause.Q19)
    static Mutant tiesComeAsTheyLie() {
        return Mutant.answers(new Answers() {
            @Override
            public int compare(CollectionDefinition definition, List<Sort> order, Row one, Row other) {
                return super.compare(definition, order.subList(0, Math.max(1, order.size() - 1)), one, other);
            }
        });
    }

    @Breaks(Clause.Q20)
    static Mutant allTermsGoTheWayOfTheFirst() {
        return Mutant.answers(new Answers() {
            @Override
            public int compare(CollectionDefinition definition, List<Sort> order, Row one, Row other) {
                boolean descending = order.get(0).descending();
                return super.compare(
                        definition,
                        order.stream()
                                .map(term -> new Sort(term.field(), descending))
                                .toList(),
                        one,
                        other);
            }
        });
    }

    @Breaks(Clause.Q20)
    static Mutant aSecondOrderByOnlyAdds() {
        return Mutant.source(
                "internal/query/QueryPlan", "return ordered(List.of(), order);", "return ordered(orders, order);");
    }

    @Breaks(Clause.Q21)
    static Mutant aPageSkipsTheTiesOfTheLastOne() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean isAfter(CollectionDefinition definition, List<Sort> order, List<Object> values, Row row) {
                return super.isAfter(definition, order, values.subList(0, 1), row);
            }
        });
    }

    @Breaks(Clause.Q21)
    static Mutant nullsThatComeLastAreOnNoLaterPage() {
        return Mutant.source(
                "internal/value/Keyset",
                "if (descending && Mapping.isNullable(order.get(cut).field())) {",
                "if (descending && order.isEmpty()) {");
    }

    @Breaks(Clause.Q21)
    static Mutant aPageIsAtMostOneChunk() {
        return Mutant.source(
                "internal/collection/TypedReadQuery",
                "while (next != null && left > 0);",
                "while (next != null && documents.isEmpty());");
    }

    @Breaks({Clause.Q22, Clause.Q28})
    static Mutant pagesAreCountedByOffset() {
        Map<String, Integer> offsets = new ConcurrentHashMap<>();
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                Chunk all = super.scan(state, fromTheBeginning(scan, Integer.MAX_VALUE));
                int from = Math.min(
                        offsets.getOrDefault(start(scan), 0), all.documents().size());
                int to = Math.min(from + scan.maxDocuments(), all.documents().size());
                List<@Nullable Object> next = to == 0
                        ? null
                        : super.scan(state, fromTheBeginning(scan, to)).next();
                if (next != null) {
                    offsets.put(scan.order() + " after " + next, to);
                }
                return new Chunk(all.documents().subList(from, to), next);
            }
        });
    }

    @Breaks(Clause.Q23)
    static Mutant aCursorForgetsTheOrder() {
        return Mutant.source(
                "internal/query/Cursors",
                "for (Sort sort : order) {\n            meaning",
                "for (Sort sort : List.<Sort>of()) {\n            meaning");
    }

    @Breaks(Clause.Q23)
    static Mutant aCursorForgetsTheCollection() {
        return Mutant.source("internal/query/Cursors", "new StringBuilder(collection.name())", "new StringBuilder()");
    }

    @Breaks(Clause.Q23)
    static Mutant aCursorBelongsToAnOpenStore() {
        return Mutant.source(
                "internal/query/Cursors",
                "new StringBuilder(collection.name())",
                "new StringBuilder(collection.name() + System.identityHashCode(collection))");
    }

    @Breaks(Clause.Q24)
    static Mutant theChecksumOfACursorIsNotCompared() {
        return Mutant.source(
                "internal/query/Cursors",
                "if (end < 1 || ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getInt() != ",
                "if (end < 1 || 0 == ");
    }

    @Breaks(Clause.Q24)
    static Mutant aCursorIsPlainBase64() {
        return Mutant.source(
                "internal/query/Cursors",
                "return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());",
                "return Base64.getEncoder().encodeToString(bytes.toByteArray());");
    }

    @Breaks(Clause.Q25)
    static Mutant aFullPageAlwaysHasACursor() {
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                Chunk chunk = super.scan(state, scan);
                int size = chunk.documents().size();
                if (size < scan.maxDocuments()) {
                    return chunk;
                }
                CollectionDefinition definition =
                        table(state, scan.collection()).definition();
                Row last = matching(state, scan.collection(), scan.filter()).stream()
                        .filter(row ->
                                row.id().equals(chunk.documents().get(size - 1).id()))
                        .findFirst()
                        .orElseThrow();
                return new Chunk(chunk.documents(), position(definition, scan.order(), last));
            }
        });
    }

    @Breaks(Clause.Q26)
    static Mutant aLimitOfZeroIsNoLimit() {
        return Mutant.source("internal/query/QueryPlan", "if (documents < 1) {", "if (documents < 0) {");
    }

    @Breaks(Clause.Q26)
    static Mutant theLimitIsThatOfAChunk() {
        return Mutant.source("internal/query/Chunks", "left -= read.items().size();", "left -= 0;");
    }

    @Breaks(Clause.Q26)
    static Mutant firstForgetsTheCursor() {
        return Mutant.source(
                "internal/collection/TypedReadQuery",
                "Chunk chunk = chunk(plan.start(), 1);",
                "Chunk chunk = chunk(null, 1);");
    }

    @Breaks({Clause.Q27, Clause.Q28})
    static Mutant theSameChunkComesForEver() {
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                return super.scan(state, fromTheBeginning(scan, scan.maxDocuments()));
            }
        });
    }

    @Breaks(Clause.Q27)
    static Mutant aListEndsWithItsFirstChunk() {
        return Mutant.source(
                "internal/collection/TypedReadQuery",
                "if (first.next() == null || first",
                "if (first.next() == null || wanted > 1000 || first");
    }

    @Breaks(value = Clause.Q27, race = true)
    static Mutant eachChunkOfAListIsOfItsOwnState() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public EngineSession begin(SessionMode mode) {
                return new ReferenceSession(this, mode) {
                    @Override
                    public Chunk scan(Scan scan) {
                        return answers().scan(database.newest(), scan);
                    }
                };
            }
        });
    }

    @Breaks(Clause.Q28)
    static Mutant aStreamStartsItsSecondChunkWithTheEndOfTheFirst() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean isAfter(CollectionDefinition definition, List<Sort> order, List<Object> values, Row row) {
                return super.isAfter(definition, order, values, row)
                        || values.get(values.size() - 1).equals(row.id());
            }
        });
    }

    @Breaks(Clause.Q29)
    static Mutant aCountLeavesNullsOut() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return read(state -> answers().matching(state, collection, filter).stream()
                        .filter(row ->
                                row.value(collection, collection.fields().get(0).name()) != null)
                        .count());
            }
        });
    }

    @Breaks(Clause.Q30)
    static Mutant countByLeavesNullOut() {
        return Mutant.answers(new FieldCounts() {
            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<@Nullable Object, Long> counts = super.countBy(state, collection, filter, field);
                counts.remove(null);
                return counts;
            }
        });
    }

    @Breaks(Clause.Q30)
    static Mutant countByIsInNoOrder() {
        return Mutant.source("internal/query/GroupPlan", ".sorted(ordered)", ".sorted(ordered.reversed())");
    }

    @Breaks(Clause.Q31)
    static Mutant deleteAllForgetsWhatDoesNotFitIntoAChunk() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public long deleteAll(CollectionDefinition collection, Condition filter) {
                return read(state -> deleteChunk(engine, state, collection, filter));
            }
        });
    }

    @Breaks(value = Clause.Q31, race = true)
    static Mutant deleteAllCommitsEachChunk() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public long deleteAll(CollectionDefinition collection, Condition filter) {
                long deleted = 0;
                for (int chunk = 0; chunk < 2; chunk++) {
                    Mutant.pause();
                    deleted += engine.database().change(draft -> deleteChunk(engine, draft, collection, filter));
                }
                return deleted;
            }
        });
    }

    @Breaks(Clause.Q32)
    static Mutant updateAllOverwritesWhatWasWrittenMeanwhile() {
        return Mutant.source(
                "internal/collection/UpdateAll",
                "Write.Precondition.version(document.version())",
                "Write.Precondition.PRESENT");
    }

    @Breaks(Clause.Q32)
    static Mutant updateAllDoesNotLookAgainWhetherItMatches() {
        return Mutant.source(
                "internal/collection/UpdateAll",
                "new Condition.And(List.of(sameId, condition))",
                "new Condition.And(List.of(sameId, Condition.EVERYTHING))");
    }

    @Breaks(Clause.Q32)
    static Mutant theFunctionOfUpdateAllDoesNotFindWhatItHasChanged() {
        return Mutant.source("internal/access/SessionAccess", "before.run();", "");
    }

    @Breaks(Clause.Q33)
    static Mutant countIgnoresALimit() {
        return Mutant.source(
                "internal/query/QueryPlan", "if (limit > 0 || cursor != null) {", "if (limit > 0 && cursor != null) {");
    }

    @Breaks(Clause.Q34)
    static Mutant aLimitStaysWithTheQueryThatItWasSetOn() {
        return Mutant.source("internal/collection/TypedReadQuery", "final QueryPlan<T> plan;", "QueryPlan<T> plan;")
                .andSource(
                        "internal/collection/TypedQuery",
                        "return new TypedQuery<>(plan.limit(documents), access);",
                        "plan = plan.limit(documents);\n return this;");
    }

    @Breaks(Clause.Q35)
    static Mutant theLastPageReadsEverythingBefore() {
        AtomicLong everything = new AtomicLong();
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                long started = System.nanoTime();
                Chunk page = super.scan(state, scan);
                if (scan.ranges().equals(List.of(Range.ALL))) {
                    everything.accumulateAndGet(System.nanoTime() - started, Math::max);
                } else if (page.next() == null) {
                    LockSupport.parkNanos(15 * everything.get());
                }
                return page;
            }
        });
    }

    /** How a null compares with something else, from how it should. */
    private interface NullOrder {
        int compare(Sort term, int compared);
    }

    private static Mutant orderingNulls(NullOrder nulls) {
        return Mutant.answers(new Answers() {
            @Override
            public int compare(Sort term, @Nullable Object one, @Nullable Object other) {
                int compared = super.compare(term, one, other);
                return one == null || other == null ? nulls.compare(term, compared) : compared;
            }
        });
    }

    private static Scan fromTheBeginning(Scan scan, int maxDocuments) {
        return new Scan(
                scan.collection(), scan.filter(), scan.order(), List.of(Range.ALL), maxDocuments, Long.MAX_VALUE);
    }

    private static int deleteChunk(
            ReferenceEngine engine, State draft, CollectionDefinition collection, Condition filter) {
        State.Table table = draft.table(collection.name());
        if (table == null) {
            return 0;
        }
        State.Table changing = draft.changing(table);
        List<Row> chunk = engine.answers().matching(draft, collection, filter).stream()
                .limit(Scan.CHUNK_DOCUMENTS)
                .toList();
        chunk.forEach(row -> engine.changes().delete(changing, row));
        return chunk.size();
    }

    private static String start(Scan scan) {
        List<@Nullable Object> position = new ArrayList<>(scan.ranges().get(0).equal());
        if (scan.ranges().get(0).tail() instanceof Range.Tail.After after) {
            position.addAll(after.values());
        }
        return scan.order() + " after " + position;
    }
}
