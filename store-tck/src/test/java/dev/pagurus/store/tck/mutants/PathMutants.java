package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition.Kind;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What breaks with some values, some numbers of documents or some ways to write them, and with no others. */
final class PathMutants {

    /** A list of writes that is no longer a few callers' at once. */
    private static final int BULK = 20;

    private static final String NOTHING_COMPARED = "if (!found.equals(copied)) {";

    private PathMutants() {}

    @Breaks({Clause.W36, Clause.W37, Clause.W40})
    static Mutant aColumnHoldsNineHundredCharacters() {
        return storing(
                (field, value) -> value instanceof String text && text.length() > 900 ? text.substring(0, 900) : value);
    }

    @Breaks({Clause.W36, Clause.W41})
    static Mutant aColumnIsTrimmed() {
        return storing((field, value) -> value instanceof String text ? text.stripTrailing() : value);
    }

    @Breaks({Clause.W36, Clause.W38, Clause.W43})
    static Mutant timesAreMilliseconds() {
        return storing((field, value) -> field.kind() == FieldKind.INSTANT ? milliseconds(value) : value);
    }

    @Breaks(Clause.W36)
    static Mutant realsAreFloats() {
        return storing((field, value) -> value instanceof Double real ? (Double) (double) real.floatValue() : value);
    }

    @Breaks(Clause.W36)
    static Mutant aTagThatIsEmptyIsNone() {
        return storing((field, value) -> value instanceof List<?> tags
                ? tags.stream().filter(tag -> !tag.equals("")).toList()
                : value);
    }

    @Breaks({Clause.W36, Clause.W37})
    static Mutant getAllTakesIdsThatDifferInCaseForOne() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredDocument> get(State state, CollectionDefinition collection, List<String> ids) {
                Map<String, String> distinct = new HashMap<>();
                ids.forEach(id -> distinct.putIfAbsent(id.toLowerCase(Locale.ROOT), id));
                return super.get(
                        state,
                        collection,
                        ids.stream().filter(distinct::containsValue).toList());
            }
        });
    }

    @Breaks({Clause.W36, Clause.W37})
    static Mutant aTableOfTagsHoldsTheBeginningOfAnId() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                return (!(condition instanceof Condition.ContainsAny)
                                || row.id().length() <= 191)
                        && super.matches(definition, condition, row);
            }
        });
    }

    @Breaks({Clause.W36, Clause.W39})
    static Mutant aUniqueIndexSeesTheBeginningOfAText() {
        return Mutant.changes(new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                for (Sort term : index.terms()) {
                    Object value = row.value(definition, term.field());
                    if (value instanceof String text && text.length() > 191) {
                        for (Row other : rows.values()) {
                            if (!other.id().equals(row.id())
                                    && other.value(definition, term.field()) instanceof String theirs
                                    && theirs.startsWith(text.substring(0, 191))) {
                                return other;
                            }
                        }
                    }
                }
                return super.holder(rows, definition, index, row);
            }
        });
    }

    @Breaks({Clause.W37, Clause.W38})
    static Mutant aBulkWriteTrimsBodies() {
        return bulk(write -> write.content() instanceof Content.Body body
                ? new Write(
                        write.collection(),
                        write.id(),
                        write.precondition(),
                        new Content.Body(body.text().stripTrailing(), body.values()))
                : write);
    }

    @Breaks(Clause.W38)
    static Mutant aBulkPutSetsTheCreationTimeAnew() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                List<WriteOutcome> outcomes = super.write(draft, writes, now);
                for (Write write : writes.size() < BULK ? List.<Write>of() : writes) {
                    Table table = Objects.requireNonNull(
                            draft.table(write.collection().name()));
                    draft.changing(table)
                            .rows()
                            .computeIfPresent(
                                    write.id(),
                                    (id, row) -> new Row(id, row.version(), row.version(), row.body(), row.values()));
                }
                return outcomes;
            }
        });
    }

    @Breaks(Clause.W39)
    static Mutant theSecondViolationNamesTheIndexOfTheFirst() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                List<WriteOutcome> outcomes = new ArrayList<>();
                WriteOutcome first = null;
                for (WriteOutcome outcome : super.write(draft, writes, now)) {
                    boolean violation = outcome instanceof WriteOutcome.UniqueViolation;
                    first = first == null && violation ? outcome : first;
                    outcomes.add(violation && first != null ? first : outcome);
                }
                return outcomes;
            }
        });
    }

    @Breaks(value = Clause.W40, race = true)
    static Mutant aWriteBesideOthersBindsWhatTheOneBeforeItHad() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public EngineInfo info() {
                EngineInfo info = super.info();
                return new EngineInfo(info.name(), info.version(), info.target(), info.capabilities(), 1, 1);
            }

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                Mutant.pause();
                return super.write(writes);
            }

            @Override
            public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                List<Write> bound = new ArrayList<>();
                Content.Body before = null;
                for (Write write : writes) {
                    Content content = write.content();
                    if (content instanceof Content.Body body) {
                        content = before == null || writes.size() >= BULK ? body : bound(body, before);
                        before = body;
                    }
                    bound.add(new Write(write.collection(), write.id(), write.precondition(), content));
                }
                return super.write(draft, bound, now);
            }
        });
    }

    @Breaks({Clause.W36, Clause.W41})
    static Mutant whoWritesAVersionKeepsTheTagsThatAreGone() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                Table table =
                        Objects.requireNonNull(draft.table(write.collection().name()));
                Row old = table.rows().get(write.id());
                boolean keeps = write.precondition().kind() == Kind.VERSION && old != null;
                return super.write(draft, keeps && old != null ? withTags(write, old.values()) : write, now);
            }
        });
    }

    @Breaks(Clause.W42)
    static Mutant theTagsOfAllButTheFirstFiveHundredOutliveADeleteAll() {
        Map<String, List<@Nullable Object>> left = new ConcurrentHashMap<>();
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public ReferenceSession begin(SessionMode mode) {
                ReferenceEngine engine = this;
                return new ReferenceSession(engine, mode) {
                    @Override
                    public long deleteAll(CollectionDefinition collection, Condition filter) {
                        read(state -> engine.answers().matching(state, collection, filter).stream()
                                        .skip(500)
                                        .toList())
                                .forEach(row -> left.put(collection.name() + row.id(), row.values()));
                        return super.deleteAll(collection, filter);
                    }
                };
            }

            @Override
            public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                return super.write(
                        draft,
                        writes.stream()
                                .map(write -> withTags(
                                        write,
                                        left.getOrDefault(write.collection().name() + write.id(), List.of())))
                                .toList(),
                        now);
            }
        });
    }

    @Breaks(Clause.W43)
    static Mutant aTransactionGroupsWhatWasCommittedBefore() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<Group> groups(Grouping grouping) {
                return mode == SessionMode.TRANSACTION ? engine.groups(grouping) : super.groups(grouping);
            }
        });
    }

    @Breaks(Clause.W44)
    static Mutant whatIsRolledBackStaysInTheUniqueIndexes() {
        Map<String, NavigableMap<String, Row>> index = new ConcurrentHashMap<>();
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                WriteOutcome outcome = super.store(table, id, old, body, now);
                if (outcome instanceof WriteOutcome.Written) {
                    rows(table.definition()).put(id, row(id, old, body, now));
                }
                return outcome;
            }

            @Override
            public WriteOutcome delete(Table table, @Nullable Row old) {
                if (old != null) {
                    rows(table.definition()).remove(old.id());
                }
                return super.delete(table, old);
            }

            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition unique, Row row) {
                return super.holder(rows(definition), definition, unique, row);
            }

            private NavigableMap<String, Row> rows(CollectionDefinition definition) {
                return index.computeIfAbsent(definition.name(), name -> new TreeMap<>());
            }
        });
    }

    @Breaks(Clause.W45)
    static Mutant aSnapshotGetsManyFromTheNewestState() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                return mode == SessionMode.SNAPSHOT && ids.size() > 1
                        ? engine.get(collection, ids)
                        : super.get(collection, ids);
            }
        });
    }

    @Breaks(Clause.V21)
    static Mutant theLastThousandAreNotFilledIfNoneComesAfterThem() {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Table old = draft.table(wanted.name());
                int count = old == null ? 0 : old.rows().size();
                int[] filled = {0};
                super.define(
                        draft,
                        wanted,
                        (from, id, body) -> count % 1000 == 0 && filled[0]++ >= count - 1000
                                ? new Content.Body(
                                        body, empty(filler.fill(from, id, body).values()))
                                : filler.fill(from, id, body));
            }
        });
    }

    @Breaks(Clause.V21)
    static Mutant anIndexThatIsNoLongerUniqueStillForbids() {
        Map<String, IndexDefinition> once = new ConcurrentHashMap<>();
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                super.define(draft, wanted, filler);
                wanted.indexes().stream()
                        .filter(IndexDefinition::unique)
                        .forEach(index -> once.put(wanted.name() + index.name(), index));
            }

            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                for (IndexDefinition index : table.definition().indexes()) {
                    IndexDefinition was = once.get(table.definition().name() + index.name());
                    if (was != null && holder(table.rows(), table.definition(), was, row(id, old, body, now)) != null) {
                        return new WriteOutcome.UniqueViolation(index.name());
                    }
                }
                return super.store(table, id, old, body, now);
            }
        });
    }

    @Breaks(value = Clause.V22, race = true)
    static Mutant fieldsAreTakenFromWhatWasThereBeforeTheLock() {
        return Mutant.engine((database, config) -> new Filling(database, config));
    }

    @Breaks(Clause.X20)
    static Mutant copiedTimesAreMilliseconds() {
        return loading((field, value) -> field.kind() == FieldKind.INSTANT ? milliseconds(value) : value);
    }

    @Breaks(Clause.X21)
    static Mutant importedTextsAreTrimmed() {
        return loading((field, value) -> value instanceof String text ? text.stripTrailing() : value);
    }

    @Breaks(Clause.X22)
    static Mutant theDocumentThatFillsAChunkIsNotCopied() {
        return Mutant.answers(new Answers() {
                    @Override
                    public List<StoredRow> rows(State state, CollectionDefinition collection, String after) {
                        List<StoredRow> whole = new ArrayList<>();
                        long bytes = 0;
                        for (StoredRow row : super.rows(state, collection, after)) {
                            bytes += row.document().body().length();
                            if (bytes < Scan.CHUNK_BYTES) {
                                whole.add(row);
                            }
                        }
                        return whole;
                    }
                })
                .andSource("internal/copy/StateCopy", NOTHING_COMPARED, "if (false) {");
    }

    /** What a column makes of a value. */
    private interface Column {
        @Nullable
        Object of(FieldDefinition field, @Nullable Object value);
    }

    private static Mutant storing(Column column) {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                List<@Nullable Object> values = values(table.definition(), body.values(), column);
                return super.store(table, id, old, new Content.Body(body.text(), values), now);
            }
        });
    }

    private static Mutant loading(Column column) {
        return Mutant.changes(new Changes() {
                    @Override
                    public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                        super.load(
                                draft,
                                collection,
                                rows.stream()
                                        .map(row ->
                                                new StoredRow(row.document(), values(collection, row.values(), column)))
                                        .toList());
                    }
                })
                .andSource("internal/copy/StateCopy", NOTHING_COMPARED, "if (false) {");
    }

    private static List<@Nullable Object> values(
            CollectionDefinition definition, List<@Nullable Object> values, Column column) {
        List<@Nullable Object> changed = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            changed.add(column.of(definition.fields().get(i), values.get(i)));
        }
        return changed;
    }

    private static @Nullable Object milliseconds(@Nullable Object value) {
        return value instanceof Long micros ? (Long) (Math.floorDiv(micros, 1000L) * 1000L) : value;
    }

    private interface BulkChange {
        Write of(Write write);
    }

    private static Mutant bulk(BulkChange change) {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                return super.write(
                        draft,
                        writes.size() < BULK
                                ? writes
                                : writes.stream().map(change::of).toList(),
                        now);
            }
        });
    }

    /** What is null is as it was in the write before. */
    private static Content.Body bound(Content.Body body, Content.Body before) {
        List<@Nullable Object> values = new ArrayList<>(body.values());
        for (int i = 0; i < Math.min(values.size(), before.values().size()); i++) {
            // Not a unique value.
            if (values.get(i) == null && i < 2) {
                values.set(i, before.values().get(i));
            }
        }
        return new Content.Body(body.text(), values);
    }

    private static Write withTags(Write write, List<@Nullable Object> more) {
        if (!(write.content() instanceof Content.Body body)) {
            return write;
        }
        List<@Nullable Object> values = new ArrayList<>(body.values());
        for (int i = 0; i < Math.min(values.size(), more.size()); i++) {
            if (values.get(i) instanceof List<?> tags && more.get(i) instanceof List<?> others) {
                TreeSet<Object> all = new TreeSet<>(tags);
                all.addAll(others);
                values.set(i, List.copyOf(all));
            }
        }
        return new Write(write.collection(), write.id(), write.precondition(), new Content.Body(body.text(), values));
    }

    private static List<@Nullable Object> empty(List<@Nullable Object> values) {
        List<@Nullable Object> empty = new ArrayList<>();
        values.forEach(value -> empty.add(value instanceof List<?> ? List.of() : null));
        return empty;
    }

    /** Fills a collection before it takes the lock. */
    private static final class Filling extends ReferenceEngine {

        Filling(ReferenceDatabase database, StoreConfig config) {
            super(database, config);
        }

        @Override
        public void define(CollectionDefinition definition, Filler filler) {
            Map<String, Content.Body> before = new HashMap<>();
            Table old = database().newest().table(definition.name());
            if (old != null && old.definition().revision() != definition.revision()) {
                old.rows()
                        .forEach((id, row) ->
                                before.put(id, filler.fill(old.definition().revision(), id, row.body())));
            }
            for (int i = 0; i < 20 && !before.isEmpty(); i++) {
                Mutant.pause();
            }
            super.define(definition, (from, id, body) -> {
                Content.Body filled = before.get(id);
                return filled == null ? filler.fill(from, id, body) : filled;
            });
        }
    }
}
