package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Document;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.tck.samples.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Questions about all documents: how many, in which order, page by page, how many of each value. */
final class WholeQuestions {

    private static final Filter<Parcel> ANY = Filter.allOf(List.of());

    /** As many are asked for where all would be too many. */
    private static final int BEGINNING = 25;

    private static final int MOST_PAGES = 6;

    private final Questions questions;
    private final List<Document<Parcel>> wanted;
    private final Map<List<Order<Parcel>>, List<Document<Parcel>>> inOrder = new HashMap<>();

    WholeQuestions(Questions questions) {
        this.questions = questions;
        this.wanted = questions.wanted;
    }

    void think() {
        questions.always(
                () -> "count()", () -> (long) wanted.size(), of -> of.query().count());
        questions.always(
                () -> "exists()", () -> !wanted.isEmpty(), of -> of.query().exists());
        questions.always(
                () -> "stream()",
                () -> inOrder(List.of()),
                of -> of.query().stream().toList());
        if (questions.longLists) {
            questions.once(
                    () -> "list()", () -> inOrder(List.of()), of -> of.query().list());
        }
        List<Order<Parcel>> orders = new ArrayList<>();
        for (Field<Parcel, ?> field : FieldQuestions.fields(questions.schema)) {
            counts(field);
            if (field instanceof ScalarField<Parcel, ?> scalar) {
                order(scalar.asc());
                order(scalar.desc());
                orders.add(questions.random.nextBoolean() ? scalar.asc() : scalar.desc());
            }
        }
        for (Order<Parcel> order : List.of(
                questions.schema.id().desc(),
                questions.schema.createdAt().desc(),
                questions.schema.updatedAt().asc())) {
            order(order);
            orders.add(order);
        }
        for (int i = 0; i < 3; i++) {
            pages(
                    questions.some(orders, 1 + i),
                    1 + questions.random.nextInt(Math.min(2 * BEGINNING, 1 + wanted.size())));
        }
        pages(questions.some(orders, 1), questions.hazards.size(Math.max(1, wanted.size())));
    }

    private void order(Order<Parcel> order) {
        List<Order<Parcel>> orders = List.of(order);
        Question whole = new Question(
                () -> "stream() by " + order,
                () -> inOrder(orders),
                of -> ordered(of, orders).stream().toList());
        if (order.field() instanceof TextField && !order.descending()) {
            questions.always(whole);
        } else if (questions.few()) {
            questions.once(whole);
        } else if (questions.random.nextInt(4) == 0) {
            questions.once(
                    () -> "the first " + BEGINNING + " by " + order,
                    () -> inOrder(orders).stream().limit(BEGINNING).toList(),
                    of -> ordered(of, orders).limit(BEGINNING).list());
        }
    }

    /** The first pages, and no documents of them but their ids: they were asked for elsewhere. */
    private void pages(List<Order<Parcel>> orders, int limit) {
        questions.once(
                () -> "the first " + MOST_PAGES + " pages of " + limit + " by " + orders,
                () -> inOrder(orders).stream()
                        .limit((long) MOST_PAGES * limit)
                        .map(Document::id)
                        .toList(),
                of -> pagesOf(ordered(of, orders).limit(limit)));
    }

    private static List<String> pagesOf(ReadQuery<Parcel> query) {
        List<String> ids = new ArrayList<>();
        @Nullable String cursor = null;
        for (int i = 0; i < MOST_PAGES && (i == 0 || cursor != null); i++) {
            Page<Parcel> page = query.startAfter(cursor).page();
            page.items().forEach(document -> ids.add(document.id()));
            cursor = page.nextCursor();
        }
        return ids;
    }

    private void counts(Field<Parcel, ?> field) {
        questions.always(
                () -> "countBy(" + field + ")",
                () -> countBy(wanted, field),
                of -> named(of.query().countBy(field)));
    }

    /** How many of these documents there are of each value of a field, in the order of the contract. */
    static Map<@Nullable Object, Long> countBy(List<Document<Parcel>> documents, Field<Parcel, ?> field) {
        Map<@Nullable Object, Long> counts = new HashMap<>();
        for (Document<Parcel> document : documents) {
            if (field instanceof WordsField<?>) {
                @SuppressWarnings("unchecked") // it is one of parcels
                WordsField<Parcel> words = (WordsField<Parcel>) field;
                Model.words(words, document).forEach(word -> counts.merge(word, 1L, Long::sum));
            } else if (field instanceof ManyField) {
                Object many = field.extract(document.value());
                for (Object one : many instanceof Collection<?> values ? new TreeSet<>(values) : List.of()) {
                    counts.merge(one, 1L, Long::sum);
                }
            } else {
                counts.merge(Model.value(field, document), 1L, Long::sum);
            }
        }
        List<@Nullable Object> values = new ArrayList<>(counts.keySet());
        values.sort(Comparator.nullsFirst(Model::compare));
        Map<@Nullable Object, Long> ordered = new LinkedHashMap<>();
        values.forEach(value -> ordered.put(value, counts.getOrDefault(value, 0L)));
        return ordered;
    }

    /** Constants by name, as the model has them. */
    static Map<@Nullable Object, Long> named(Map<?, Long> counts) {
        Map<@Nullable Object, Long> named = new LinkedHashMap<>();
        counts.forEach((value, count) -> named.put(value instanceof Enum<?> constant ? constant.name() : value, count));
        return named;
    }

    private List<Document<Parcel>> inOrder(List<Order<Parcel>> orders) {
        return inOrder.computeIfAbsent(orders, asked -> asked.isEmpty() ? wanted : Model.list(wanted, ANY, asked));
    }

    private static ReadQuery<Parcel> ordered(ReadableCollection<Parcel> of, List<Order<Parcel>> orders) {
        ReadQuery<Parcel> query = of.query();
        for (int i = 0; i < orders.size(); i++) {
            query = i == 0 ? query.orderBy(orders.get(i)) : query.thenBy(orders.get(i));
        }
        return query;
    }
}
