package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Document;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** All questions about a collection: whole documents, and by each field lists in its order, counts, and what has a value. */
final class Everything {

    /** By how many values of a field documents are looked for, and where there are many documents. */
    private static final int VALUES = 12;

    private static final int FEW_VALUES = 3;
    private static final int WORDS = 2;
    private static final int MANY_DOCUMENTS = 300;

    private final ReadableCollection<Item> items;
    private final Schema<Item> schema;
    private final List<Answer.Asked> answers = new ArrayList<>();
    private boolean many;

    private Everything(ReadableCollection<Item> items, Schema<Item> schema) {
        this.items = items;
        this.schema = schema;
    }

    /** Asks all of them. */
    static List<Answer.Asked> of(ReadableCollection<Item> items, Schema<Item> schema) throws Exception {
        Everything everything = new Everything(items, schema);
        everything.askForDocuments();
        for (Field<? super Item, ?> field : schema.fields()) {
            everything.askBy(field);
        }
        return everything.answers;
    }

    /** Asks those that show whether another handle sees the same. */
    static List<Answer.Asked> inShort(ReadableCollection<Item> items, Schema<Item> schema) throws Exception {
        Everything everything = new Everything(items, schema);
        everything.askForDocuments();
        for (Field<? super Item, ?> field : schema.fields()) {
            everything.ask("countBy(" + field + ")", () -> items.query().countBy(field));
        }
        return everything.answers;
    }

    private void askForDocuments() throws Exception {
        List<Document<Item>> documents = new ArrayList<>();
        ask("the documents", () -> {
            documents.addAll(items.query().list());
            return documents;
        });
        many = documents.size() > MANY_DOCUMENTS;
        ask("count()", () -> items.query().count());
        List<String> ids = documents.stream().map(Document::id).toList();
        List<String> some = some(ids);
        ask("getAll(" + some.size() + " of them)", () -> items.getAll(some));
        ask("by creation", () -> ids(items.query().orderBy(schema.createdAt().desc())));
    }

    private <V> void askBy(Field<? super Item, V> field) throws Exception {
        List<V> values = new ArrayList<>();
        ask("countBy(" + field + ")", () -> {
            Map<@Nullable V, Long> counts = items.query().countBy(field);
            counts.keySet().stream().filter(Objects::nonNull).forEach(values::add);
            return counts;
        });
        if (field instanceof WordsField<?>) {
            @SuppressWarnings("unchecked") // the schema is of items
            WordsField<Item> words = (WordsField<Item>) field;
            for (V value : values.subList(0, Math.min(WORDS, values.size()))) {
                String word = (String) value;
                askWhere(field + " has " + Shown.of(word), words.hasAll(word));
                String first = Character.toString(word.codePointAt(0));
                ask(
                        "count() where " + field + " begins " + Shown.of(first),
                        () -> items.where(words.hasPrefix(first)).count());
            }
            return;
        }
        if (field instanceof ManyField<?> many) {
            @SuppressWarnings("unchecked") // the schema is of items
            ManyField<Item> tags = (ManyField<Item>) many;
            askWhere(field + " is empty", tags.isEmpty());
            List<String> any = some(values).stream().map(String.class::cast).toList();
            ask(
                    "count() where " + field + " contains any",
                    () -> items.where(tags.containsAny(any)).count());
            for (V value : some(values)) {
                Filter<Item> containing = tags.contains((String) value);
                String question = field + " contains " + Shown.of(value);
                askWhere(question, containing);
                ask(
                        "countBy(" + field + ") where " + question,
                        () -> items.where(containing).countBy(field));
            }
            return;
        }
        @SuppressWarnings("unchecked") // whatever is not many is scalar, and the schema is of items
        ScalarField<Item, V> scalar = (ScalarField<Item, V>) field;
        ask("by " + field, () -> ids(items.query().orderBy(scalar.asc())));
        if (!many) {
            ask("by " + field + " desc", () -> ids(items.query().orderBy(scalar.desc())));
        }
        askWhere(field + " is null", scalar.isNull());
        for (V value : some(values)) {
            askWhere(field + " is " + Shown.of(value), scalar.eq(value));
        }
    }

    private void askWhere(String question, Filter<Item> filter) throws Exception {
        ask("the ids where " + question, () -> ids(items.where(filter)));
    }

    private void ask(String question, Callable<? extends @Nullable Object> call) throws Exception {
        answers.add(new Answer.Asked(question, Answer.to(call)));
    }

    /** Some of a list, evenly spread, its last one among them. */
    private <V> List<V> some(List<V> all) {
        int most = many ? FEW_VALUES : VALUES;
        if (all.size() <= most) {
            return List.copyOf(all);
        }
        List<V> some = new ArrayList<>();
        for (int i = 1; i <= most; i++) {
            some.add(all.get(i * all.size() / most - 1));
        }
        return some;
    }

    private static List<String> ids(ReadQuery<Item> query) {
        return query.list().stream().map(Document::id).toList();
    }
}
