package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Document;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Index;
import dev.pagurus.store.Order;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.tck.samples.Model;
import java.util.ArrayList;
import java.util.List;

/** Questions about what a filter matches: how many documents, which ones, or the first of them in some order. */
final class FilterQuestions {

    /** Nearly as many values as a filter takes. */
    static final int MOST_VALUES = 900;

    private static final int JOINED = 8;
    private static final int LONGEST_PAGE = 20;

    private final Questions questions;
    private final List<Filter<Parcel>> asked = new ArrayList<>();

    FilterQuestions(Questions questions) {
        this.questions = questions;
    }

    /** How many match, of every handle. */
    void always(Filter<Parcel> filter) {
        asked.add(filter);
        questions.always(countOf(filter));
    }

    /** How many match, of one handle. */
    void count(Filter<Parcel> filter) {
        questions.once(countOf(filter));
    }

    /** The documents that match, or how many there are, or a page in some order. */
    void ask(Filter<Parcel> filter) {
        asked.add(filter);
        askAlone(filter);
    }

    /** The same of a filter that is too long to be joined with others. */
    void askAlone(Filter<Parcel> filter) {
        int kind = questions.random.nextInt(9);
        // To put many in order takes the model far longer than to count them.
        if (kind < 2 || (kind < 6 && !questions.few())) {
            count(filter);
        } else if (kind == 2) {
            questions.once(
                    () -> "exists() of " + Shown.filter(filter),
                    () -> !matching(filter).isEmpty(),
                    of -> of.where(filter).exists());
        } else if (kind == 3) {
            questions.once(
                    () -> "first() of " + Shown.filter(filter),
                    () -> matching(filter).stream().findFirst(),
                    of -> of.where(filter).first());
        } else if (kind < 6) {
            questions.once(
                    () -> "list() of " + Shown.filter(filter),
                    () -> matching(filter),
                    of -> of.where(filter).list());
        } else if (kind == 8) {
            askGroups(questions.some(FieldQuestions.fields(questions.schema), 1).get(0), filter);
        } else {
            Order<Parcel> order = order();
            int limit = 1 + questions.random.nextInt(LONGEST_PAGE);
            questions.once(
                    () -> "the first " + limit + " by " + order + " of " + Shown.filter(filter),
                    () -> matching(filter, order).stream().limit(limit).toList(),
                    of -> {
                        ReadQuery<Parcel> query = of.where(filter).orderBy(order);
                        return query.limit(limit).page().items();
                    });
        }
    }

    /** How many there are of each value of a field, among those that match. */
    void askGroups(Field<Parcel, ?> field, Filter<Parcel> filter) {
        questions.once(
                () -> "countBy(" + field + ") of " + Shown.filter(filter),
                () -> WholeQuestions.countBy(matching(filter), field),
                of -> WholeQuestions.named(of.where(filter).countBy(field)));
    }

    /** Some of what was asked before, joined. */
    void askJoined() {
        List<Filter<Parcel>> all = List.copyOf(asked);
        for (int i = 0; i < JOINED; i += questions.few() ? 1 : JOINED / 2) {
            List<Filter<Parcel>> parts = questions.some(all, 2 + i % 2);
            Filter<Parcel> joined = i < JOINED / 2 ? Filter.allOf(parts) : Filter.anyOf(parts);
            ask(questions.random.nextInt(3) == 0 ? joined.not() : joined);
        }
    }

    /** What an index over several fields is for: one value of the first, in order of the next. */
    void askIndexes() {
        for (Index<Parcel> index : questions.schema.indexes()) {
            if (index.terms().size() > 1 && !questions.wanted.isEmpty()) {
                askIndex(
                        FieldQuestions.scalar(index.terms().get(0)),
                        index.terms().get(1));
            }
        }
    }

    @SuppressWarnings("unchecked") // what the extractor returns
    private <V> void askIndex(ScalarField<Parcel, V> first, Index.Term<Parcel> next) {
        V value = (V) first.extract(questions.some(questions.wanted, 1).get(0).value());
        ScalarField<Parcel, ?> second = FieldQuestions.scalar(next);
        Order<Parcel> order = next.descending() ? second.desc() : second.asc();
        Filter<Parcel> filter = value == null ? first.isNull() : first.eq(value);
        questions.once(
                () -> "stream() by " + order + " of " + Shown.filter(filter),
                () -> matching(filter, order),
                of -> of.where(filter).orderBy(order).stream().toList());
    }

    private Question countOf(Filter<Parcel> filter) {
        return new Question(
                () -> "count() of " + Shown.filter(filter),
                () -> (long) matching(filter).size(),
                of -> of.where(filter).count());
    }

    private Order<Parcel> order() {
        List<Order<Parcel>> orders =
                new ArrayList<>(List.of(questions.schema.id().asc()));
        for (Field<Parcel, ?> field : FieldQuestions.fields(questions.schema)) {
            if (field instanceof ScalarField<Parcel, ?> scalar) {
                orders.add(questions.random.nextBoolean() ? scalar.asc() : scalar.desc());
            }
        }
        return questions.some(orders, 1).get(0);
    }

    private List<Document<Parcel>> matching(Filter<Parcel> filter) {
        return questions.wanted.stream()
                .filter(document -> Model.matches(filter, document))
                .toList();
    }

    private List<Document<Parcel>> matching(Filter<Parcel> filter, Order<Parcel> order) {
        return Model.list(matching(filter), filter, List.of(order));
    }
}
