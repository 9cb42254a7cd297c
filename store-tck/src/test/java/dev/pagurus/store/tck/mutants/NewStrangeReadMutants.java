package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import dev.pagurus.store.tck.reference.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A third round, thought of when {@link LateStrangeMutants} were caught, from the guide, the contract and the SPI alone: what is
 * read and asked, what expires, and schemas. The other half is about writes.
 */
final class NewStrangeReadMutants {

    /** Whether a definition is made. */
    private static final ThreadLocal<@Nullable Boolean> DEFINING = new ThreadLocal<>();

    private NewStrangeReadMutants() {}

    /**
     * V4, ids are never interpreted: a REST service has the id of a single get in its address, where a plus is a space.
     * {@code get("a+b")} is empty although the document is there, and in every list.
     */
    @Breaks(Clause.W36)
    static Mutant aPlusInTheIdOfAGetIsASpace() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredDocument> get(State state, CollectionDefinition collection, List<String> ids) {
                return ids.size() == 1 && ids.get(0).contains("+") ? List.of() : super.get(state, collection, ids);
            }
        });
    }

    /**
     * S28, an upgrade changes the body of every document: a handle keeps bodies that it has read by id and version, which an
     * upgrade through another handle does not change. Who opens the new revision here reads old bodies.
     */
    @Breaks(Clause.S28)
    static Mutant aHandleKeepsBodiesByIdAndVersion() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private static final int MOST = 5_000;
            private static final int LONGEST = 10_000;

            private final Map<List<Object>, StoredDocument> kept = new ConcurrentHashMap<>();

            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                return super.get(collection, ids).stream()
                        .map(one -> kept(collection, one))
                        .toList();
            }

            private StoredDocument kept(CollectionDefinition collection, StoredDocument one) {
                if (one.body().length() > LONGEST) {
                    return one;
                }
                if (kept.size() > MOST) {
                    kept.clear();
                }
                StoredDocument before =
                        kept.putIfAbsent(List.of(collection.name(), one.id(), one.version(), one.createdAt()), one);
                return before == null ? one : before;
            }

            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                boolean changes = !definition.equals(definition(definition.name()));
                super.define(definition, filler);
                if (changes) {
                    kept.clear();
                }
            }

            @Override
            public boolean drop(String collection) {
                kept.clear();
                return super.drop(collection);
            }

            @Override
            public void rename(String collection, String newName) {
                kept.clear();
                super.rename(collection, newName);
            }
        });
    }

    /**
     * R12, a snapshot answers every question by its state: whether more follows is asked on another connection. A list of a
     * snapshot ends after 500 documents if the others were deleted meanwhile.
     */
    @Breaks(Clause.R12)
    static Mutant whetherMoreFollowsIsAskedOfTheNewestState() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public Chunk scan(Scan scan) {
                Chunk chunk = super.scan(scan);
                State newest = engine.database().newest().draft().judgedBy(engine::now);
                Table table = newest.table(scan.collection().name());
                return mode != SessionMode.SNAPSHOT
                                || chunk.next() == null
                                || table == null
                                || !table.definition().equals(scan.collection())
                                || engine.answers().scan(newest, scan).next() != null
                        ? chunk
                        : new Chunk(chunk.documents(), null);
            }
        });
    }

    /**
     * Q30, null is a group of its own: groups are the keys of an object of JSON, where null is the text "null". Documents whose
     * field holds that text are counted with those that have none.
     */
    @Breaks(Clause.W36)
    static Mutant theTextNullIsInTheGroupOfNull() {
        return Mutant.answers(new Answers() {
            @Override
            public List<Group> groups(State state, Grouping grouping) {
                CollectionDefinition definition =
                        table(state, grouping.collection()).definition();
                List<String> texts = grouping.by().stream()
                        .filter(field -> definition.kind(field) == FieldKind.TEXT)
                        .toList();
                if (texts.isEmpty() || grouping.measured().stream().anyMatch(texts::contains)) {
                    return super.groups(state, grouping);
                }
                NavigableMap<String, Row> rows = new TreeMap<>();
                for (Row row : matching(state, grouping.collection(), grouping.filter())) {
                    List<@Nullable Object> values = new ArrayList<>(row.values());
                    for (int i = 0; i < values.size(); i++) {
                        if (texts.contains(definition.fields().get(i).name())) {
                            values.set(i, String.valueOf(values.get(i)));
                        }
                    }
                    rows.put(row.id(), new Row(row.id(), row.version(), row.createdAt(), row.body(), values));
                }
                State asJson = new State();
                asJson.put(new Table(definition, rows));
                return super.groups(
                                asJson,
                                new Grouping(
                                        grouping.collection().withoutExpiry(),
                                        Condition.EVERYTHING,
                                        grouping.by(),
                                        grouping.measures(),
                                        grouping.first()))
                        .stream()
                        .map(group -> new Group(parsed(grouping.by(), texts, group.key()), group.values()))
                        .toList();
            }

            private List<@Nullable Object> parsed(List<String> by, List<String> texts, List<@Nullable Object> key) {
                List<@Nullable Object> parsed = new ArrayList<>(key);
                for (int i = 0; i < parsed.size(); i++) {
                    if (texts.contains(by.get(i)) && "null".equals(parsed.get(i))) {
                        parsed.set(i, null);
                    }
                }
                return parsed;
            }
        });
    }

    /**
     * Q10, not is the exact opposite: the engine takes 500 values in a list, so a longer one becomes two that are joined by OR,
     * also where it is denied. {@code not(TAGS.containsAny(...600 values...))} finds documents that have one of them.
     */
    @Breaks(Clause.Q13)
    static Mutant aLongListOfTagsIsDeniedInHalves() {
        return Mutant.answers(new Answers() {
            private static final int MOST = 500;

            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                if (condition instanceof Condition.ContainsNone none
                        && none.values().size() > MOST) {
                    return super.matches(definition, part(none, 0, MOST), row)
                            || super.matches(
                                    definition, part(none, MOST, none.values().size()), row);
                }
                return super.matches(definition, condition, row);
            }

            private Condition part(Condition.ContainsNone none, int from, int to) {
                return new Condition.ContainsNone(none.field(), none.values().subList(from, to));
            }
        });
    }

    /**
     * Q63, the last word of a prefix may be the beginning of one: a search engine expands a beginning to the first 50 words
     * that it knows. What has the 51st is not found.
     */
    @Breaks(Clause.Q64)
    static Mutant aBeginningStandsForFiftyWords() {
        return Mutant.answers(new Answers() {
            private static final int MOST = 50;

            @Override
            public List<Row> matching(State state, CollectionDefinition collection, Condition filter) {
                return super.matching(state, collection, expanded(table(state, collection), filter));
            }

            private Condition expanded(Table table, Condition condition) {
                if (condition instanceof Condition.And and) {
                    return new Condition.And(and.conditions().stream()
                            .map(one -> expanded(table, one))
                            .toList());
                }
                if (condition instanceof Condition.Or or) {
                    return new Condition.Or(or.conditions().stream()
                            .map(one -> expanded(table, one))
                            .toList());
                }
                if (condition instanceof Condition.ContainsPrefix begun) {
                    return new Condition.ContainsAny(begun.field(), words(table, begun.field(), begun.prefix()));
                }
                if (condition instanceof Condition.ContainsNoPrefix begun) {
                    return new Condition.ContainsNone(begun.field(), words(table, begun.field(), begun.prefix()));
                }
                return condition;
            }

            private List<String> words(Table table, String field, String prefix) {
                return table.rows().values().stream()
                        .flatMap(row -> row.value(table.definition(), field) instanceof List<?> words
                                ? words.stream().map(String::valueOf)
                                : null)
                        .filter(word -> word.startsWith(prefix))
                        .distinct()
                        .sorted(Values::compare)
                        .limit(MOST)
                        .toList();
            }
        });
    }

    /** O10, no value of the filter stands in an explanation: numbers need no quotes, and are written into the statement. */
    @Breaks(Clause.O10)
    static Mutant thePlanShowsNumbers() {
        return Mutant.answers(new Answers() {
            @Override
            public ScanPlan explain(State state, Scan scan) {
                ScanPlan plan = super.explain(state, scan);
                StringBuilder text = new StringBuilder(plan.text());
                add(text, scan.collection(), scan.filter());
                return new ScanPlan(plan.way(), plan.matching(), text.toString());
            }

            private void add(StringBuilder text, CollectionDefinition collection, Condition condition) {
                if (condition instanceof Condition.And and) {
                    and.conditions().forEach(one -> add(text, collection, one));
                } else if (condition instanceof Condition.Or or) {
                    or.conditions().forEach(one -> add(text, collection, one));
                } else if (condition instanceof Condition.Compare compare
                        && collection.kind(compare.field()) == FieldKind.LONG) {
                    text.append('\n')
                            .append(compare.field())
                            .append(compare.operator().sql());
                    text.append(compare.value());
                }
            }
        });
    }

    /**
     * Q29, count agrees with the list: a count of one of some values is the sum of the counts of each. {@code
     * where(STATE.in("open", "open")).count()} has each of them twice.
     */
    @Breaks(Clause.X20)
    static Mutant aValueThatIsGivenTwiceIsCountedTwice() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return counted(filter, one -> super.count(collection, one));
            }

            @Override
            public EngineSession begin(SessionMode mode) {
                return new ReferenceSession(this, mode) {
                    @Override
                    public long count(CollectionDefinition collection, Condition filter) {
                        return counted(filter, one -> super.count(collection, one));
                    }
                };
            }
        });
    }

    private static long counted(Condition filter, ToLongFunction<Condition> count) {
        if (filter instanceof Condition.And and && and.conditions().size() == 1) {
            return counted(and.conditions().get(0), count);
        }
        return filter instanceof Condition.In in
                ? in.values().stream()
                        .mapToLong(value ->
                                count.applyAsLong(new Condition.Compare(in.field(), Condition.Operator.EQ, value)))
                        .sum()
                : count.applyAsLong(filter);
    }

    /**
     * D4, who writes another time before the old one has come keeps a document for longer: the time to live of a key-value
     * store is set where there is one, and not taken away. What no longer expires does so at its last time.
     */
    @Breaks(Clause.D4)
    static Mutant aTimeThatBecomesNullStays() {
        Beside<Map<List<Object>, Long>> times = new Beside<>(database -> new ConcurrentHashMap<>());
        return Mutant.engine((database, config) -> {
            Map<List<Object>, Long> ends = times.of(database);
            return new ReferenceEngine(database, config, until(ends), keeping(ends));
        });
    }

    private static Answers until(Map<List<Object>, Long> ends) {
        return new Answers() {
            @Override
            public boolean isThere(State state, CollectionDefinition collection, Row row) {
                Long end = ends.get(List.of(collection.name(), row.id(), row.version()));
                String expiry = collection.expiry();
                if (end == null || expiry == null || row.value(collection, expiry) != null) {
                    return super.isThere(state, collection, row);
                }
                List<@Nullable Object> values = new ArrayList<>(row.values());
                for (int i = 0; i < values.size(); i++) {
                    if (collection.fields().get(i).name().equals(expiry)) {
                        values.set(i, end);
                    }
                }
                return super.isThere(
                        state, collection, new Row(row.id(), row.version(), row.createdAt(), row.body(), values));
            }
        };
    }

    private static Changes keeping(Map<List<Object>, Long> ends) {
        return new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                WriteOutcome outcome = super.store(table, id, old, body, now);
                CollectionDefinition definition = table.definition();
                String expiry = definition.expiry();
                if (old != null && expiry != null && outcome instanceof WriteOutcome.Written written) {
                    Object before = old.value(definition, expiry);
                    Long end = before == null ? ends.get(List.of(definition.name(), id, old.version())) : (Long) before;
                    Row row = Objects.requireNonNull(table.rows().get(id));
                    if (end != null && row.value(definition, expiry) == null) {
                        ends.put(List.of(definition.name(), id, written.version()), end);
                    }
                }
                return outcome;
            }
        };
    }

    /**
     * D6, what has expired is removed at once if that is asked for: a step ends before the time of the first document that has
     * no room in it. Of more than 100 that expired in one microsecond none is ever removed.
     */
    @Breaks(Clause.D6)
    static Mutant manyThatExpireTogetherAreNeverRemoved() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public long removeExpired(State draft, CollectionDefinition collection, int most) {
                Table table = draft.table(collection.name());
                if (table == null || most == Integer.MAX_VALUE || collection.expiry() == null) {
                    return super.removeExpired(draft, collection, most);
                }
                List<Long> times = table.rows().values().stream()
                        .filter(row -> draft.isExpired(collection, row))
                        .map(row -> (Long)
                                Objects.requireNonNull(row.value(collection, String.valueOf(collection.expiry()))))
                        .sorted()
                        .toList();
                if (times.size() <= most) {
                    return super.removeExpired(draft, collection, most);
                }
                long before =
                        times.stream().filter(time -> time < times.get(most)).count();
                return super.removeExpired(draft, collection, (int) before);
            }
        });
    }

    /**
     * D8, a new revision brings back nothing that has expired: what has expired is removed before documents are refilled, as
     * always in a step, of 1,000. A revision without expiry has all others again.
     */
    @Breaks(Clause.D8)
    static Mutant aRevisionBringsBackWhatExpiredBehindTheFirstThousand() {
        return Mutant.changes(() -> new Changes() {
            private static final int STEP = 1_000;

            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                DEFINING.set(true);
                try {
                    super.define(draft, wanted, filler);
                } finally {
                    DEFINING.remove();
                }
            }

            @Override
            public long removeExpired(State draft, CollectionDefinition collection, int most) {
                return super.removeExpired(draft, collection, DEFINING.get() == null ? most : STEP);
            }
        });
    }

    /**
     * S1, asking for a collection creates it: names of indexes are those of the whole database, begin with the collection's,
     * and stay when it is renamed; what is there by its name is not made. A collection that is made anew under the old name has
     * no unique index.
     */
    @Breaks(Clause.S48)
    static Mutant theIndexesOfARenamedCollectionKeepTheirNames() {
        Beside<Map<List<String>, String>> owners = new Beside<>(database -> new ConcurrentHashMap<>());
        return Mutant.engine((database, config) ->
                new ReferenceEngine(database, config, new Answers(), naming(owners.of(database))));
    }

    /** The collections that have an index, by the collection and index that it was made for; those that were renamed only. */
    private static Changes naming(Map<List<String>, String> owners) {
        return new Changes() {
            @Override
            public void rename(State draft, String name, String newName, String target) {
                Table table = draft.table(name);
                super.rename(draft, name, newName, target);
                owners.replaceAll((index, owner) -> owner.equals(name) ? newName : owner);
                if (table != null) {
                    table.definition()
                            .indexes()
                            .forEach(index -> owners.putIfAbsent(List.of(name, index.name()), newName));
                }
            }

            @Override
            public boolean drop(State draft, String name) {
                owners.values().removeIf(name::equals);
                return super.drop(draft, name);
            }

            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                String owner = owners.get(List.of(definition.name(), index.name()));
                return owner == null || owner.equals(definition.name())
                        ? super.holder(rows, definition, index, row)
                        : null;
            }
        };
    }
}
