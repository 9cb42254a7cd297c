package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import dev.pagurus.store.tck.reference.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Broken stores thought of when the others were caught, as somebody outside may break one: in values, tags, indexes,
 * upgrades and copies. No clause was made for one of them.
 */
final class GuestMutants {

    private GuestMutants() {}

    /** Reals go through a text of 15 digits. */
    @Breaks(Clause.W36)
    static Mutant realsHave15Digits() {
        UnaryOperator<@Nullable Object> digits = value -> value instanceof Double real && Double.isFinite(real)
                ? (Object) new BigDecimal(real).round(new MathContext(15)).doubleValue()
                : value;
        return Mutant.changes(() -> new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                return super.row(id, old, new Content.Body(body.text(), mapped(body.values(), digits)), now);
            }

            @Override
            public Row fill(int from, Row row, Filler filler) {
                Row filled = super.fill(from, row, filler);
                return with(filled, mapped(filled.values(), digits));
            }
        });
    }

    /** Whoever rewrites them looks at their number first. */
    @Breaks(Clause.W36)
    static Mutant tagsAreRewrittenIfTheirNumberChanges() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                Row row = super.row(id, old, body, now);
                List<@Nullable Object> values = new ArrayList<>(row.values());
                for (int i = 0;
                        old != null && i < Math.min(values.size(), old.values().size());
                        i++) {
                    if (values.get(i) instanceof List<?> mine
                            && old.values().get(i) instanceof List<?> before
                            && mine.size() == before.size()) {
                        values.set(i, before);
                    }
                }
                return with(row, values);
            }
        });
    }

    /** An empty text is null to the copy. */
    @Breaks(Clause.X20)
    static Mutant aCopyLosesTheEmptyTag() {
        return rows(row -> new StoredRow(
                row.document(),
                mapped(
                        row.values(),
                        value -> value instanceof List<?> tags
                                ? tags.stream()
                                        .filter(tag -> !Objects.equals(tag, ""))
                                        .toList()
                                : value)));
    }

    @Breaks(Clause.X20)
    static Mutant aCopyHasItsCreationTimesInMilliseconds() {
        return rows(row -> {
            StoredDocument document = row.document();
            long created = document.createdAt() - Math.floorMod(document.createdAt(), 1000L);
            return new StoredRow(
                    new StoredDocument(document.id(), document.version(), created, document.body()), row.values());
        });
    }

    @Breaks(Clause.V21)
    static Mutant anUpgradeTakesTheLastChangeForTheCreation() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public Row fill(int from, Row row, Filler filler) {
                Row filled = super.fill(from, row, filler);
                return new Row(filled.id(), filled.version(), filled.version(), filled.body(), filled.values());
            }
        });
    }

    /** Of an index over several fields a missing value is a value like any other. */
    @Breaks(Clause.W36)
    static Mutant missingValuesOfAUniqueIndexCollide() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                boolean something =
                        index.terms().stream().anyMatch(term -> row.value(definition, term.field()) != null);
                return index.terms().size() < 2 || !something
                        ? super.holder(rows, definition, index, row)
                        : first(
                                rows,
                                row,
                                (one, other) -> index.terms().stream()
                                        .allMatch(term -> Values.compareNullable(
                                                        one.value(definition, term.field()),
                                                        other.value(definition, term.field()))
                                                == 0));
            }
        });
    }

    @Breaks(Clause.V21)
    static Mutant uniqueNumbersAreComparedAsDoubles() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                String field = index.terms().get(0).field();
                return index.terms().size() == 1 && row.value(definition, field) instanceof Long mine
                        ? first(
                                rows,
                                row,
                                (one, other) -> other.value(definition, field) instanceof Long theirs
                                        && mine.doubleValue() == theirs.doubleValue())
                        : super.holder(rows, definition, index, row);
            }
        });
    }

    /** The column of a field that is dropped stays, and is taken again by the next field of its name and kind. */
    @Breaks(Clause.V21)
    static Mutant aFieldThatComesBackHasItsOldValues() {
        Beside<Map<List<Object>, Object>> columns = new Beside<>(database -> new ConcurrentHashMap<>());
        return Mutant.engine((database, config) ->
                new ReferenceEngine(database, config, new Answers(), keepingColumns(columns.of(database))));
    }

    private static Changes keepingColumns(Map<List<Object>, Object> columns) {
        return new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Table old = draft.table(wanted.name());
                if (old == null) {
                    super.define(draft, wanted, filler);
                    return;
                }
                Set<FieldDefinition> gone =
                        new TreeSet<>((one, other) -> one.name().compareTo(other.name()));
                gone.addAll(old.definition().fields());
                gone.removeAll(wanted.fields());
                for (Row row : old.rows().values()) {
                    for (FieldDefinition field : gone) {
                        Object value = row.value(old.definition(), field.name());
                        if (value != null) {
                            columns.put(List.of(wanted.name(), field, row.id()), value);
                        }
                    }
                }
                super.define(draft, wanted, (from, id, body) -> {
                    Content.Body filled = filler.fill(from, id, body);
                    List<@Nullable Object> values = new ArrayList<>(filled.values());
                    for (int i = 0; i < values.size(); i++) {
                        FieldDefinition field = wanted.fields().get(i);
                        if (!old.definition().fields().contains(field)) {
                            values.set(
                                    i, columns.getOrDefault(List.of(wanted.name(), field, id), orNull(values.get(i))));
                        }
                    }
                    return new Content.Body(filled.text(), values);
                });
            }

            @SuppressWarnings("NullAway") // what a map gives in the place of nothing may be null
            private Object orNull(@Nullable Object value) {
                return value;
            }
        };
    }

    /** The table of tags has a column that is filled up with spaces. */
    @Breaks(Clause.W36)
    static Mutant idsThatDifferInTrailingSpacesShareTheirTags() {
        return Mutant.answers(new Answers() {
            @Override
            public List<Row> matching(State state, CollectionDefinition collection, Condition filter) {
                Table table = table(state, collection);
                Map<String, Set<Object>> shared = new HashMap<>();
                table.rows()
                        .values()
                        .forEach(row -> row.values().forEach(value -> {
                            if (value instanceof List<?> tags) {
                                shared.computeIfAbsent(row.id().stripTrailing(), id -> new TreeSet<>())
                                        .addAll(tags);
                            }
                        }));
                return table.rows().values().stream()
                        .filter(row -> matches(
                                table.definition(),
                                filter,
                                with(
                                        row,
                                        mapped(
                                                row.values(),
                                                value -> value instanceof List
                                                        ? List.copyOf(shared.getOrDefault(
                                                                row.id().stripTrailing(), Set.of()))
                                                        : value))))
                        .toList();
            }
        });
    }

    /** Over 255 values go into a table, which is joined. */
    @Breaks(Clause.W36)
    static Mutant aLongListThatIsDeniedLosesWhatHasNoValue() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                return super.matches(definition, condition, row)
                        && !(condition instanceof Condition.NotIn in
                                && in.values().size() > 255
                                && row.value(definition, in.field()) == null);
            }
        });
    }

    /** Bodies are stored in pieces, in columns that are filled up with spaces. */
    @Breaks(Clause.X22)
    static Mutant piecesOf4000CharactersLoseTheirTrailingSpaces() {
        return Mutant.changes(() -> new Changes() {
            private static final int PIECE = 4000;

            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                String text = body.text();
                StringBuilder stored = new StringBuilder();
                for (int i = 0; i < text.length(); i += PIECE) {
                    boolean last = i + PIECE >= text.length();
                    String piece = text.substring(i, last ? text.length() : i + PIECE);
                    stored.append(last ? piece : piece.replaceAll(" +$", ""));
                }
                return super.row(id, old, new Content.Body(stored.toString(), body.values()), now);
            }
        });
    }

    /** A limit that somebody forgot. */
    @Breaks(Clause.W39)
    static Mutant groupsAreAThousandAtMost() {
        return Mutant.answers(new FieldCounts() {
            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<@Nullable Object, Long> counts = new TreeMap<>(Values::compareNullable);
                counts.putAll(super.countBy(state, collection, filter, field));
                Map<@Nullable Object, Long> first = new HashMap<>();
                counts.entrySet().stream().limit(1000).forEach(group -> first.put(group.getKey(), group.getValue()));
                return first;
            }
        });
    }

    private static Mutant rows(UnaryOperator<StoredRow> change) {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredRow> rows(State state, CollectionDefinition collection, String after) {
                return super.rows(state, collection, after).stream().map(change).toList();
            }
        });
    }

    private static @Nullable Row first(NavigableMap<String, Row> rows, Row row, BiPredicate<Row, Row> collide) {
        return rows.values().stream()
                .filter(other -> !other.id().equals(row.id()) && collide.test(row, other))
                .findFirst()
                .orElse(null);
    }

    private static Row with(Row row, List<@Nullable Object> values) {
        return new Row(row.id(), row.version(), row.createdAt(), row.body(), values);
    }

    private static List<@Nullable Object> mapped(
            List<@Nullable Object> values, UnaryOperator<@Nullable Object> change) {
        List<@Nullable Object> mapped = new ArrayList<>(values);
        mapped.replaceAll(change);
        return mapped;
    }
}
