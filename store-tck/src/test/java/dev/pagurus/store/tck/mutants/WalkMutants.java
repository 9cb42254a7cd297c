package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Group R: what only shows after some steps, on a second handle, or among many documents. */
final class WalkMutants {

    private static final int CHUNK = 1000;

    private WalkMutants() {}

    /** A join with the table of the values, without "distinct". */
    @Breaks(Clause.R8)
    static Mutant aCountCountsADocumentForEachValueThatMatches() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return read(state -> {
                    long count = 0;
                    for (Row row : answers().matching(state, collection, filter)) {
                        count += Math.max(
                                1, valuesOf(row).filter(asked(filter)::contains).count());
                    }
                    return count;
                });
            }
        });
    }

    /** The filter is asked of each value, and not of each document. */
    @Breaks(Clause.R8)
    static Mutant countByOfAFilteredManyFieldCountsOnlyWhatTheFilterNames() {
        return Mutant.answers(new FieldCounts() {
            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<@Nullable Object, Long> counts = super.countBy(state, collection, filter, field);
                Set<Object> asked = asked(filter);
                if (!asked.isEmpty() && field.equals("tags")) {
                    counts.keySet().retainAll(asked);
                }
                return counts;
            }
        });
    }

    /** What another write of the same list has taken is free to it. */
    @Breaks(Clause.R8)
    static Mutant uniqueValuesAreLookedForBeforeAListIsWritten() {
        return Mutant.engine((database, config) -> {
            Set<String> written = new HashSet<>();
            Changes changes = new Changes() {
                @Override
                public WriteOutcome store(
                        State.Table table, String id, @Nullable Row old, Content.Body body, long now) {
                    WriteOutcome outcome = super.store(table, id, old, body, now);
                    written.add(id);
                    return outcome;
                }

                @Override
                public @Nullable Row holder(
                        NavigableMap<String, Row> rows,
                        CollectionDefinition definition,
                        IndexDefinition index,
                        Row row) {
                    NavigableMap<String, Row> before = new TreeMap<>(rows);
                    before.keySet().removeAll(written);
                    return super.holder(before, definition, index, row);
                }
            };
            return new ReferenceEngine(database, config, new Answers(), changes) {
                @Override
                public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                    written.clear();
                    return super.write(draft, writes, now);
                }
            };
        });
    }

    @Breaks(Clause.R8)
    static Mutant whatATransactionWritesBehindARefusalIsNoChange() {
        Changes quiet = new ChangeMutants.Quiet();
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private boolean refused;

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                long now = engine.now();
                List<WriteOutcome> outcomes = refused
                        ? read(state -> writes.stream()
                                .map(write -> quiet.write(state, write, now))
                                .toList())
                        : super.write(writes);
                refused |= outcomes.stream()
                        .anyMatch(one ->
                                !(one instanceof WriteOutcome.Written) && !(one instanceof WriteOutcome.Deleted));
                return outcomes;
            }
        });
    }

    /** It takes what it has not seen for new. */
    @Breaks(Clause.R9)
    static Mutant aHandleSetsTheCreationTimeOfWhatAnotherOneCreated() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config, new Answers(), new Changes() {
            private final Set<String> seen = new HashSet<>();
            private String collection = "";

            @Override
            public WriteOutcome store(State.Table table, String id, @Nullable Row old, Content.Body body, long now) {
                collection = table.definition().name();
                return super.store(table, id, old, body, now);
            }

            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                Row row = super.row(id, old, body, now);
                return seen.add(collection + " " + id)
                        ? new Row(id, row.version(), now, row.body(), row.values())
                        : row;
            }
        }));
    }

    @Breaks(Clause.R9)
    static Mutant theTagsOfALongIdAreLostWhenItIsOverwritten() {
        return Mutant.changes(new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                Row row = super.row(id, old, body, now);
                return old == null || id.length() < 100
                        ? row
                        : new Row(id, row.version(), row.createdAt(), row.body(), withoutMany(row.values()));
            }
        });
    }

    /** A statement of its own for short ids. */
    @Breaks(Clause.R9)
    static Mutant theDeletionOfALongIdIsNoChange() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public void log(State draft, CollectionDefinition collection, String id, long version) {
                State.Table table = draft.table(collection.name());
                if (id.length() < 100 || (table != null && table.rows().containsKey(id))) {
                    super.log(draft, collection, id, version);
                }
            }
        });
    }

    @Breaks(Clause.R10)
    static Mutant theLastOfAThousandWritesIsNoChange() {
        Changes quiet = new ChangeMutants.Quiet();
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                if (writes.size() <= CHUNK) {
                    return super.write(draft, writes, now);
                }
                List<WriteOutcome> outcomes = new ArrayList<>(super.write(draft, writes.subList(0, CHUNK), now));
                outcomes.add(quiet.write(draft, writes.get(CHUNK), now));
                outcomes.addAll(super.write(draft, writes.subList(CHUNK + 1, writes.size()), now));
                return outcomes;
            }
        });
    }

    @Breaks(Clause.F11)
    static Mutant anUpgradeOfManyDocumentsIsAChangeOfTheLast() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                boolean raised = draft.table(wanted.name()) != null;
                super.define(draft, wanted, filler);
                State.Table table = draft.table(wanted.name());
                if (raised && table != null && table.rows().size() > 10) {
                    Row last = table.rows().lastEntry().getValue();
                    log(draft, wanted, last.id(), last.version());
                }
            }
        });
    }

    @Breaks(Clause.R10)
    static Mutant theLastOfAThousandWritesHasNoTags() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                List<WriteOutcome> outcomes = super.write(draft, writes, now);
                if (writes.size() > CHUNK) {
                    Write last = writes.get(CHUNK);
                    State.Table table = draft.table(last.collection().name());
                    if (table != null) {
                        draft.changing(table)
                                .rows()
                                .computeIfPresent(
                                        last.id(),
                                        (id, row) -> new Row(
                                                id,
                                                row.version(),
                                                row.createdAt(),
                                                row.body(),
                                                withoutMany(row.values())));
                    }
                }
                return outcomes;
            }
        });
    }

    @Breaks(Clause.R10)
    static Mutant countByCountsTheFirstOfEachFurtherChunkTwice() {
        return Mutant.answers(new FieldCounts() {
            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<@Nullable Object, Long> counts = super.countBy(state, collection, filter, field);
                List<Row> matching = matching(state, collection, filter);
                for (int i = CHUNK; i < matching.size(); i += CHUNK) {
                    Object value =
                            matching.get(i).value(table(state, collection).definition(), field);
                    if (value instanceof List<?> values) {
                        values.forEach(one -> counts.merge(one, 1L, Long::sum));
                    }
                }
                return counts;
            }
        });
    }

    @Breaks(Clause.R11)
    static Mutant anUpgradeForgetsTheDocumentsOfTheSecondChunk() {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                AtomicInteger filled = new AtomicInteger();
                super.define(draft, wanted, (from, id, body) -> {
                    Content.Body made = filler.fill(from, id, body);
                    return filled.incrementAndGet() > CHUNK
                            ? new Content.Body(
                                    made.text(),
                                    Collections.nCopies(made.values().size(), null))
                            : made;
                });
            }
        });
    }

    @Breaks(Clause.R11)
    static Mutant anUpgradeLeavesTheTagsOfAFieldThatStays() {
        return Mutant.changes(new Changes() {
            @Override
            public Row fill(int from, Row row, Filler filler) {
                Row filled = super.fill(from, row, filler);
                List<?> old = row.values().stream()
                        .filter(List.class::isInstance)
                        .map(List.class::cast)
                        .findFirst()
                        .orElse(null);
                List<@Nullable Object> values = new ArrayList<>(filled.values());
                values.replaceAll(value -> value instanceof List<?> && old != null ? old : value);
                return new Row(row.id(), row.version(), row.createdAt(), row.body(), values);
            }
        });
    }

    /** Not those of single calls. */
    @Breaks(Clause.R12)
    static Mutant aSnapshotSeesLaterBulkWrites() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final State begun = engine.database().newest();

            @Override
            protected <R> R read(Function<State, R> call) {
                State newest = engine.database().newest();
                return mode == SessionMode.SNAPSHOT && documents(newest) > documents(begun) + 20
                        ? call.apply(newest.draft())
                        : super.read(call);
            }
        });
    }

    @Breaks(Clause.R12)
    static Mutant aSnapshotCountsWhatIsThereNow() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<Group> groups(Grouping grouping) {
                return mode == SessionMode.SNAPSHOT ? engine.groups(grouping) : super.groups(grouping);
            }
        });
    }

    /** Where it is asked to go on and has not stopped itself, it finds nothing more. */
    @Breaks(Clause.R13)
    static Mutant aCursorIsGoodOnlyOnTheHandleThatMadeIt() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private final Set<List<@Nullable Object>> stops = ConcurrentHashMap.newKeySet();

            @Override
            public Chunk scan(Scan scan) {
                Range first = scan.ranges().get(0);
                List<@Nullable Object> from = new ArrayList<>(first.equal());
                if (first.tail() instanceof Range.Tail.After after) {
                    from.addAll(after.values());
                }
                boolean known = stops.stream()
                        .anyMatch(stop -> stop.size() >= from.size()
                                && stop.subList(0, from.size()).equals(from));
                if (!first.equals(Range.ALL) && !known) {
                    return new Chunk(List.of(), null);
                }
                Chunk chunk = super.scan(scan);
                if (chunk.next() != null) {
                    stops.add(chunk.next());
                }
                return chunk;
            }
        });
    }

    /** The values of many-fields that a filter asks for, where all that matches must have one of them. */
    private static Set<Object> asked(Condition filter) {
        Set<Object> asked = new HashSet<>();
        if (filter instanceof Condition.ContainsAny contains) {
            asked.addAll(contains.values());
        } else if (filter instanceof Condition.And and) {
            and.conditions().forEach(part -> asked.addAll(asked(part)));
        }
        return asked;
    }

    private static Stream<?> valuesOf(Row row) {
        return row.values().stream().filter(List.class::isInstance).flatMap(value -> ((List<?>) value).stream());
    }

    private static int documents(State state) {
        return state.definitions().stream()
                .map(definition -> state.table(definition.name()))
                .mapToInt(table -> table == null ? 0 : table.rows().size())
                .sum();
    }

    private static List<@Nullable Object> withoutMany(List<@Nullable Object> values) {
        List<@Nullable Object> others = new ArrayList<>(values);
        others.replaceAll(value -> value instanceof List<?> ? List.of() : value);
        return others;
    }
}
