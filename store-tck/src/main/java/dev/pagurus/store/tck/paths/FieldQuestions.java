package dev.pagurus.store.tck.paths;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.Document;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Index;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OrderedField;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Questions about each field: every kind of comparison, with values that occur and with some that nearly do. */
final class FieldQuestions {

    /** Values of each field that are compared with. */
    private static final int SOME = 2;

    private static final int LISTED = 60;

    private final Questions questions;
    private final FilterQuestions filters;
    private final Near near;

    FieldQuestions(Questions questions) {
        this.questions = questions;
        this.filters = new FilterQuestions(questions);
        this.near = new Near(questions.random);
    }

    /** Returns the declared fields; in this room all of them are of parcels. */
    @SuppressWarnings("unchecked")
    static List<Field<Parcel, ?>> fields(Schema<Parcel> schema) {
        List<Field<Parcel, ?>> fields = new ArrayList<>();
        schema.fields().forEach(field -> fields.add((Field<Parcel, ?>) field));
        return fields;
    }

    /** Returns the field of an index over several, which is no many-field. */
    @SuppressWarnings("unchecked")
    static ScalarField<Parcel, ?> scalar(Index.Term<Parcel> term) {
        return (ScalarField<Parcel, ?>) term.field();
    }

    void think() {
        Schema<Parcel> schema = questions.schema;
        fields(schema).forEach(this::about);
        ordered(
                schema.id(),
                questions.wanted.stream().map(Document::id).toList(),
                id -> questions.hazards.idThatIsNot(id));
        text(schema.id(), questions.wanted.stream().map(Document::id).toList());
        ordered(
                schema.createdAt(),
                questions.wanted.stream().map(Document::createdAt).toList(),
                near::of);
        ordered(
                schema.updatedAt(),
                questions.wanted.stream().map(Document::updatedAt).toList(),
                near::of);
        filters.askIndexes();
        filters.askJoined();
    }

    @SuppressWarnings("unchecked") // the fields of parcels
    private void about(Field<Parcel, ?> field) {
        if (field instanceof TextField<?>) {
            TextField<Parcel> text = (TextField<Parcel>) field;
            ordered(text, occurring(text), questions.hazards::textThatIsNot);
            text(text, occurring(text));
        } else if (field instanceof LongField<?>) {
            LongField<Parcel> number = (LongField<Parcel>) field;
            ordered(number, occurring(number), near::of);
        } else if (field instanceof DoubleField<?>) {
            DoubleField<Parcel> real = (DoubleField<Parcel>) field;
            ordered(real, occurring(real), near::of);
        } else if (field instanceof InstantField<?>) {
            InstantField<Parcel> time = (InstantField<Parcel>) field;
            ordered(time, occurring(time), near::of);
        } else if (field instanceof BooleanField<?>) {
            BooleanField<Parcel> flag = (BooleanField<Parcel>) field;
            scalar(flag, occurring(flag), List.of(true, false));
        } else if (field instanceof EnumField<Parcel, ?> constants) {
            constants(constants);
        } else if (field instanceof WordsField<?>) {
            new WordQuestions(questions, filters).about((WordsField<Parcel>) field);
        } else {
            many((ManyField<Parcel>) field);
        }
    }

    /** Matches documents that have no value of a field; of words, none that begins with an "e". */
    @SuppressWarnings("unchecked") // a field of parcels
    static Filter<Parcel> none(Field<Parcel, ?> field) {
        if (field instanceof WordsField<?>) {
            return ((WordsField<Parcel>) field).hasPrefix("e").not();
        }
        return field instanceof ScalarField<Parcel, ?> scalar ? scalar.isNull() : ((ManyField<Parcel>) field).isEmpty();
    }

    private <E extends Enum<E>> void constants(EnumField<Parcel, E> field) {
        scalar(field, occurring(field), List.of(field.type().getEnumConstants()));
    }

    private <V> void ordered(OrderedField<Parcel, V> field, List<V> occurring, UnaryOperator<V> near) {
        List<V> values = chosen(occurring);
        values.addAll(values.stream().map(near).toList());
        scalar(field, occurring, values);
        askLongList(field, occurring, near);
        for (V value : values) {
            V other = values.get(questions.random.nextInt(values.size()));
            filters.ask(
                    switch (questions.random.nextInt(6)) {
                        case 0 -> field.lt(value);
                        case 1 -> field.lte(value);
                        case 2 -> field.gt(value);
                        case 3 -> field.gte(value);
                        case 4 -> field.between(value, other);
                        default -> field.between(other, value);
                    });
        }
    }

    /** A list as long as engines do not like it, of values that occur and more that nearly do. */
    private <V> void askLongList(OrderedField<Parcel, V> field, List<V> occurring, UnaryOperator<V> near) {
        if (!questions.few() || occurring.isEmpty()) {
            return;
        }
        // Numbers are what engines make others of; of the rest, texts above all, it takes the model long.
        V any = occurring.get(0);
        if (questions.random.nextInt(any instanceof Number ? 1 : any instanceof String ? 12 : 3) > 0) {
            return;
        }
        List<V> walking = questions.some(occurring, LISTED);
        // What is left out is only nearly in the list.
        List<V> leftOut = walking.subList(0, walking.size() / 2);
        Set<V> listed = new LinkedHashSet<>(walking.subList(walking.size() / 2, walking.size()));
        List<V> last = new ArrayList<>(walking);
        for (int i = 0; listed.size() < FilterQuestions.MOST_VALUES && i < 2 * FilterQuestions.MOST_VALUES; i++) {
            V next = near.apply(last.get(i % last.size()));
            last.set(i % last.size(), next);
            if (!leftOut.contains(next)) {
                listed.add(next);
            }
        }
        filters.count(field.in(listed));
        filters.count(field.in(listed).not());
        filters.askAlone(field.in(questions.some(List.copyOf(listed), questions.hazards.size(listed.size()))));
    }

    private <V> void scalar(ScalarField<Parcel, V> field, List<V> occurring, List<V> values) {
        filters.always(field.isNull());
        filters.ask(field.isNotNull());
        // A list of values is compared with each document; of many documents, few values.
        List<V> listed = new ArrayList<>(questions.some(occurring, questions.few() ? LISTED : some()));
        listed.addAll(values);
        filters.ask(field.in(listed));
        filters.ask(field.in(listed).not());
        filters.askGroups(field, field.in(listed));
        for (V value : values) {
            filters.ask(questions.random.nextInt(4) == 0 ? field.ne(value) : field.eq(value));
        }
    }

    private void text(TextField<Parcel> field, List<String> occurring) {
        for (String text : chosen(occurring)) {
            int end = text.offsetByCodePoints(0, questions.random.nextInt(text.codePointCount(0, text.length()) + 1));
            filters.ask(field.startsWith(text.substring(0, end)));
            filters.ask(field.startsWith(questions.hazards.textThatIsNot(text)));
        }
    }

    private void many(ManyField<Parcel> field) {
        filters.always(field.isEmpty());
        filters.ask(field.isEmpty().not());
        Set<String> tags = new LinkedHashSet<>();
        // The first tag of those with the longest ids: a table of its own holds the id too.
        questions.wanted.stream()
                .sorted(Comparator.comparing(
                                (Document<Parcel> document) -> document.id().length())
                        .reversed())
                .map(document -> values(field, document))
                .filter(values -> !values.isEmpty())
                .limit(some())
                .forEach(values -> tags.add(values.get(0)));
        List<String> all = questions.wanted.stream()
                .flatMap(document -> values(field, document).stream())
                .distinct()
                .toList();
        tags.addAll(chosen(all));
        for (String tag : List.copyOf(tags)) {
            filters.ask(field.contains(tag));
            filters.ask(field.contains(questions.hazards.textThatIsNot(tag)));
        }
        filters.always(field.containsAny(tags));
        filters.ask(field.containsAny(tags).not());
        filters.askGroups(field, field.containsAny(tags));
        filters.ask(field.containsAny(questions.some(all, LISTED)));
    }

    /** Values to compare a field with; of many documents, each comparison takes the model long. */
    private int some() {
        return questions.few() ? SOME : 1;
    }

    /** The longest text, and some others. */
    private <V> List<V> chosen(List<V> occurring) {
        List<V> chosen = new ArrayList<>(questions.some(occurring, some()));
        occurring.stream()
                .filter(String.class::isInstance)
                .max(Comparator.comparing(text -> ((String) text).length()))
                .ifPresent(chosen::add);
        return chosen;
    }

    @SuppressWarnings("unchecked") // what the extractor returns
    private <V> List<V> occurring(Field<Parcel, V> field) {
        Set<V> occurring = new LinkedHashSet<>();
        questions.wanted.stream()
                .map(document -> (V) field.extract(document.value()))
                .filter(Objects::nonNull)
                .forEach(occurring::add);
        return new ArrayList<>(occurring);
    }

    private static List<String> values(ManyField<Parcel> field, Document<Parcel> document) {
        List<String> values = new ArrayList<>();
        if (field.extract(document.value()) instanceof Collection<?> many) {
            many.forEach(value -> values.add((String) value));
        }
        return values;
    }
}
