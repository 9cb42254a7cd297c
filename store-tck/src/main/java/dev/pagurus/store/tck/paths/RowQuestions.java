package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Document;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Order;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Row;
import dev.pagurus.store.RowPage;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.tck.samples.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Questions about rows, which may be read another way than documents: of all fields, of each field alone in its order, of
 * documents that are found by several of their tags, and page by page.
 */
final class RowQuestions {

    private static final Filter<Parcel> ANY = Filter.allOf(List.of());

    /** As many are asked for where all would be too many. */
    private static final int BEGINNING = 25;

    private static final int MOST_TAGS = 40;
    private static final int MOST_PAGES = 6;

    private final Questions questions;

    /** Of its own, so that all other questions stay what they were. */
    private final Random random;

    private final List<Field<Parcel, ?>> fields = new ArrayList<>();
    private final List<ScalarField<Parcel, ?>> scalars = new ArrayList<>();

    RowQuestions(Questions questions) {
        this.questions = questions;
        this.random = new Random(questions.wanted.size());
        fields.addAll(FieldQuestions.fields(questions.schema));
        fields.removeIf(field -> field instanceof WordsField<?>);
        fields.addAll(List.of(questions.schema.id(), questions.schema.createdAt(), questions.schema.updatedAt()));
        for (Field<Parcel, ?> field : fields) {
            if (field instanceof ScalarField<Parcel, ?> scalar) {
                scalars.add(scalar);
            }
        }
    }

    void think() {
        ask("all fields", ANY, List.of(questions.schema.id().asc()), fields);
        for (ScalarField<Parcel, ?> field : scalars) {
            Order<Parcel> order = random.nextBoolean() ? field.asc() : field.desc();
            ask(field + " alone", ANY, List.of(order), List.of(field));
        }
        for (Field<Parcel, ?> field : fields) {
            if (field instanceof ManyField<?>) {
                @SuppressWarnings("unchecked") // it is one of parcels
                ManyField<Parcel> many = (ManyField<Parcel>) field;
                TreeSet<String> tags = new TreeSet<>();
                questions.wanted.forEach(document -> tags(many, document).forEach(tag -> tags.add((String) tag)));
                List<String> some = new ArrayList<>(tags);
                Collections.shuffle(some, random);
                ask(
                        "two fields",
                        many.containsAny(some.subList(0, Math.min(MOST_TAGS, some.size()))),
                        List.of(),
                        List.of(any(), many));
                ask(
                        "a field",
                        many.containsAny(some.subList(0, Math.min(MOST_TAGS, some.size()))),
                        List.of(),
                        List.of(coarsest()));
            }
        }
        Collections.shuffle(scalars, random);
        pages(scalars.get(0), scalars.get(1), 1 + random.nextInt(2 * BEGINNING));
    }

    private ScalarField<Parcel, ?> any() {
        return scalars.get(random.nextInt(scalars.size()));
    }

    /** Returns the field with the fewest values, in which many documents are alike. */
    private ScalarField<Parcel, ?> coarsest() {
        return Collections.min(
                scalars,
                Comparator.comparing(field -> questions.wanted.stream()
                        .map(document -> Optional.ofNullable(Model.value(field, document)))
                        .distinct()
                        .count()));
    }

    private void ask(String what, Filter<Parcel> filter, List<Order<Parcel>> orders, List<Field<Parcel, ?>> of) {
        long most = questions.few() ? Long.MAX_VALUE : BEGINNING;
        questions.once(
                () -> "rows of " + what + " by " + orders + " of " + Shown.filter(filter),
                () -> Model.list(questions.wanted, filter, orders).stream()
                        .limit(most)
                        .map(document -> values(document, of))
                        .toList(),
                in -> {
                    ReadQuery<Parcel> query = ordered(in.where(filter), orders);
                    Stream<Row> rows = questions.few()
                            ? query.select(array(of)).stream()
                            : query.limit(BEGINNING).select(array(of)).list().stream();
                    return rows.map(row -> values(row, of)).toList();
                });
    }

    private void pages(ScalarField<Parcel, ?> first, ScalarField<Parcel, ?> second, int limit) {
        List<Order<Parcel>> orders = List.of(first.asc(), second.desc());
        List<Field<Parcel, ?>> of = List.of(second, first);
        questions.once(
                () -> "the first " + MOST_PAGES + " pages of " + limit + " rows by " + orders,
                () -> Model.list(questions.wanted, ANY, orders).stream()
                        .limit((long) MOST_PAGES * limit)
                        .map(document -> values(document, of))
                        .toList(),
                in -> {
                    List<List<@Nullable Object>> rows = new ArrayList<>();
                    @Nullable String cursor = null;
                    for (int i = 0; i < MOST_PAGES && (i == 0 || cursor != null); i++) {
                        RowPage page = ordered(in.query(), orders)
                                .limit(limit)
                                .startAfter(cursor)
                                .select(array(of))
                                .page();
                        page.rows().forEach(row -> rows.add(values(row, of)));
                        cursor = page.nextCursor();
                    }
                    return rows;
                });
    }

    private static Field<?, ?>[] array(List<Field<Parcel, ?>> fields) {
        return fields.toArray(Field<?, ?>[]::new);
    }

    private static ReadQuery<Parcel> ordered(ReadQuery<Parcel> query, List<Order<Parcel>> orders) {
        ReadQuery<Parcel> ordered = query;
        for (int i = 0; i < orders.size(); i++) {
            ordered = i == 0 ? ordered.orderBy(orders.get(i)) : ordered.thenBy(orders.get(i));
        }
        return ordered;
    }

    /** What a row has; of a constant its name. */
    private static List<@Nullable Object> values(Row row, List<Field<Parcel, ?>> fields) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field<Parcel, ?> field : fields) {
            if (field instanceof ManyField<?> many) {
                values.add(row.get(many));
            } else {
                Object value = row.get((ScalarField<Parcel, ?>) field);
                values.add(value instanceof Enum<?> constant ? constant.name() : value);
            }
        }
        return values;
    }

    private static List<@Nullable Object> values(Document<Parcel> document, List<Field<Parcel, ?>> fields) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field<Parcel, ?> field : fields) {
            values.add(field instanceof ManyField<?> ? tags(field, document) : Model.value(field, document));
        }
        return values;
    }

    private static List<Object> tags(Field<Parcel, ?> field, Document<Parcel> document) {
        TreeSet<Object> values = new TreeSet<>(Model::compare);
        if (field.extract(document.value()) instanceof Collection<?> many) {
            values.addAll(many);
        }
        return List.copyOf(values);
    }
}
