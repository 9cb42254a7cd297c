package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** More broken stores of the kind of {@link GuestMutants}, thought of when those were caught. */
final class LateGuestMutants {

    /** What a list of writes has written so far. */
    private static final ThreadLocal<@Nullable Set<String>> WRITTEN = new ThreadLocal<>();

    private LateGuestMutants() {}

    @Breaks(Clause.W36)
    static Mutant getAllHasItsVersionsInMilliseconds() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredDocument> get(State state, CollectionDefinition collection, List<String> ids) {
                List<StoredDocument> found = super.get(state, collection, ids);
                return ids.size() == 1
                        ? found
                        : found.stream()
                                .map(one -> new StoredDocument(
                                        one.id(),
                                        one.version() - Math.floorMod(one.version(), 1000L),
                                        one.createdAt(),
                                        one.body()))
                                .toList();
            }
        });
    }

    /** The next chunk begins where another order says. */
    @Breaks(Clause.X20)
    static Mutant chunksOfACopyAreOrderedByUtf16() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredRow> rows(State state, CollectionDefinition collection, String after) {
                return table(state, collection).rows().values().stream()
                        .filter(row -> compare(row.id(), after) > 0)
                        .sorted(Comparator.comparing(Row::id))
                        .limit(StoredRow.CHUNK)
                        .map(row -> new StoredRow(row.document(), row.values()))
                        .toList();
            }
        });
    }

    /** What the same list has written before is not looked at. */
    @Breaks(Clause.W39)
    static Mutant aListIsUniqueAmongWhatWasThereBefore() {
        return Mutant.engine((database, config) ->
                new ReferenceEngine(database, config, new Answers(), new Changes() {
                    @Override
                    public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                        WriteOutcome outcome = super.store(table, id, old, body, now);
                        Set<String> ids = WRITTEN.get();
                        if (ids != null && outcome instanceof WriteOutcome.Written) {
                            ids.add(id);
                        }
                        return outcome;
                    }

                    @Override
                    public @Nullable Row holder(
                            NavigableMap<String, Row> rows,
                            CollectionDefinition definition,
                            IndexDefinition index,
                            Row row) {
                        return super.holder(without(rows, WRITTEN.get()), definition, index, row);
                    }
                }) {
                    @Override
                    public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                        WRITTEN.set(new HashSet<>());
                        try {
                            return super.write(draft, writes, now);
                        } finally {
                            WRITTEN.remove();
                        }
                    }
                });
    }

    /** A new unique index is made of 500 documents at a time. */
    @Breaks(Clause.V21)
    static Mutant anUpgradeFindsDuplicatesAmongTheLast500() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public void refuseDuplicate(NavigableMap<String, Row> rows, CollectionDefinition wanted, Row row) {
                NavigableMap<String, Row> last = new TreeMap<>();
                rows.descendingMap().values().stream().limit(500).forEach(one -> last.put(one.id(), one));
                super.refuseDuplicate(last, wanted, row);
            }
        });
    }

    @Breaks(Clause.X20)
    static Mutant whatWasCopiedIsNotUnique() {
        return marking(marked -> new Changes() {
            @Override
            public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                super.load(draft, collection, rows);
                rows.forEach(row -> marked.add(List.of(collection.name(), row.id())));
            }

            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                Set<String> copied = new HashSet<>();
                marked.stream()
                        .filter(one -> one.get(0).equals(definition.name()))
                        .forEach(one -> copied.add(one.get(1)));
                return super.holder(without(rows, copied), definition, index, row);
            }
        });
    }

    @Breaks(Clause.X20)
    static Mutant tagsThatWereCopiedStay() {
        return marking(marked -> new StickyTags(marked) {
            @Override
            public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                super.load(draft, collection, rows);
                rows.forEach(row -> marked.add(List.of(collection.name(), row.id())));
            }
        });
    }

    @Breaks(Clause.V21)
    static Mutant tagsThatAnUpgradeHasFilledStay() {
        return marking(marked -> new StickyTags(marked) {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                super.define(draft, wanted, (from, id, body) -> {
                    marked.add(List.of(wanted.name(), id));
                    return filler.fill(from, id, body);
                });
            }
        });
    }

    @Breaks(Clause.X22)
    static Mutant bodiesOfWholeBlocksLoseTheirEnd() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                String text = body.text();
                boolean whole = !text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length % 8192 == 0;
                String stored = whole ? text.substring(0, text.offsetByCodePoints(text.length(), -1)) : text;
                return super.row(id, old, new Content.Body(stored, body.values()), now);
            }
        });
    }

    @Breaks(Clause.W36)
    static Mutant realsAreGroupedAsFloats() {
        return Mutant.answers(new FieldCounts() {
            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<Float, Object> groups = new HashMap<>();
                Map<@Nullable Object, Long> merged = new HashMap<>();
                super.countBy(state, collection, filter, field)
                        .forEach((value, count) -> merged.merge(
                                value instanceof Double real
                                        ? groups.computeIfAbsent(real.floatValue(), same -> real)
                                        : value,
                                count,
                                Long::sum));
                return merged;
            }
        });
    }

    /** The tags are deleted by LIKE. */
    @Breaks(Clause.W42)
    static Mutant aDeletedIdIsAPatternForTags() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public WriteOutcome delete(Table table, @Nullable Row old) {
                if (old != null && (old.id().contains("%") || old.id().contains("_"))) {
                    Pattern pattern = Pattern.compile(
                            Pattern.quote(old.id()).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q"), Pattern.DOTALL);
                    table.rows().replaceAll((id, row) -> pattern.matcher(id).matches() ? withoutTags(row) : row);
                }
                return super.delete(table, old);
            }

            private Row withoutTags(Row row) {
                List<@Nullable Object> values = new ArrayList<>(row.values());
                values.replaceAll(value -> value instanceof List ? List.of() : value);
                return new Row(row.id(), row.version(), row.createdAt(), row.body(), values);
            }
        });
    }

    /** A document that is marked keeps its tags beside the new ones. */
    private static class StickyTags extends Changes {

        private final Set<List<String>> marked;

        StickyTags(Set<List<String>> marked) {
            this.marked = marked;
        }

        @Override
        public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
            List<@Nullable Object> values = new ArrayList<>(body.values());
            if (old != null && marked.contains(List.of(table.definition().name(), id))) {
                for (int i = 0; i < Math.min(values.size(), old.values().size()); i++) {
                    if (values.get(i) instanceof List<?> mine && old.values().get(i) instanceof List<?> before) {
                        Set<Object> both = new TreeSet<>(mine);
                        both.addAll(before);
                        values.set(i, List.copyOf(both));
                    }
                }
            }
            return super.store(table, id, old, new Content.Body(body.text(), values), now);
        }
    }

    private static Mutant marking(Function<Set<List<String>>, Changes> changes) {
        Beside<Set<List<String>>> marked = new Beside<>(database -> ConcurrentHashMap.newKeySet());
        return Mutant.engine((database, config) ->
                new ReferenceEngine(database, config, new Answers(), changes.apply(marked.of(database))));
    }

    private static NavigableMap<String, Row> without(NavigableMap<String, Row> rows, @Nullable Set<String> ids) {
        if (ids == null || ids.isEmpty()) {
            return rows;
        }
        NavigableMap<String, Row> others = new TreeMap<>(rows);
        others.keySet().removeAll(ids);
        return others;
    }
}
