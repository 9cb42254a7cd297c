package dev.pagurus.store.tck.schemas;

import dev.pagurus.store.Filter;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Order;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A schema that is at each of its limits: names, fields, indexes, the bytes of an index and of each field. An item's number
 * says how long its texts and how many its tags are.
 */
final class WidestSchema {

    /** No stretch is like another, or an engine that compresses would store less. */
    private static final String LETTERS = new java.util.Random(7)
            .ints(TextField.MAX_BYTES + Schema.MAX_FIELDS, 'a', 'z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    /** The fields of an index: two as long as there are, and one for what is left of the bytes. */
    private static final int TERMS = 3;

    private static final int LAST_BYTES = Schema.MAX_INDEX_BYTES - 2 * TextField.MAX_BYTES;
    private static final int MANIES = 6;
    private static final List<Text> TEXTS =
            IntStream.range(0, Schema.MAX_FIELDS - MANIES).mapToObj(Text::new).toList();
    private static final List<Many> MANY =
            IntStream.range(0, MANIES).mapToObj(Many::new).toList();

    private WidestSchema() {}

    /** One field and what is in it. */
    private record Text(int number, int maxBytes, TextField<Item> field) {

        Text(int number) {
            this(number, number % TERMS == TERMS - 1 ? LAST_BYTES : TextField.MAX_BYTES);
        }

        private Text(int number, int maxBytes) {
            this(
                    number,
                    maxBytes,
                    TextField.<Item>of(
                                    longName('t', number),
                                    item -> item.number() == null ? null : value(number, maxBytes, item.number()))
                            .maxBytes(maxBytes));
        }

        private static String value(int number, int maxBytes, long length) {
            return stretch(number, Math.min(length, maxBytes));
        }

        Filter<Item> is(long length) {
            return field.eq(value(number, maxBytes, length));
        }
    }

    /** The same of several values. */
    private record Many(int number, ManyField<Item> field) {

        Many(int number) {
            this(
                    number,
                    ManyField.of(
                            longName('m', number),
                            item -> item.number() == null ? null : values(number, item.number())));
        }

        private static Set<String> values(int number, long length) {
            return IntStream.range(0, (int) Math.min(length, ManyField.MAX_VALUES))
                    .mapToObj(i -> stretch(number + i, Math.min(length, ManyField.MAX_BYTES)))
                    .collect(Collectors.toSet());
        }
    }

    /** A search that an index serves, and its order. */
    record Look(Filter<Item> filter, Order<Item> order) {
        @Override
        public String toString() {
            return order.field().name();
        }
    }

    static Schema<Item> of(boolean withUnique) {
        Schema<Item> schema = Schema.of("c".repeat(40), Item.class);
        for (int i = 0; i < TEXTS.size(); i += TERMS) {
            TextField<Item> first = TEXTS.get(i).field();
            Order<Item> second = TEXTS.get(i + 1).field().desc();
            TextField<Item> third = TEXTS.get(i + 2).field();
            schema = withUnique && i % 4 == 0
                    ? schema.uniqueIndex(first, second, third)
                    : schema.index(first, second, third);
        }
        for (Many many : MANY) {
            schema = schema.index(many.field());
        }
        for (int i = 0; schema.indexes().size() < Schema.MAX_INDEXES; i += TERMS) {
            schema = schema.index(TEXTS.get(i + TERMS).field(), TEXTS.get(i).field());
        }
        return schema;
    }

    /** Looks for the documents of a length, by each group of fields. */
    static List<Look> looks(long length) {
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i += TERMS) {
            Filter<Item> all = TEXTS.get(i)
                    .is(length)
                    .and(TEXTS.get(i + 1).is(length))
                    .and(TEXTS.get(i + 2).is(length));
            looks.add(new Look(all, TEXTS.get(i).field().asc()));
        }
        for (Many many : MANY) {
            Set<String> values = Many.values(many.number(), length);
            looks.add(new Look(
                    // The longest tags are as long in documents whose texts are longer.
                    many.field()
                            .contains(values.iterator().next())
                            .and(TEXTS.get(0).is(length)),
                    TEXTS.get(0).field().desc()));
        }
        return looks;
    }

    /** A name of the most characters; different numbers make different ends. */
    static String longName(char letter, int number) {
        return String.valueOf(letter).repeat(37) + (100 + number);
    }

    /** The text of a field in a document whose number is the length. */
    static String stretch(int field, long length) {
        return LETTERS.substring(field, field + (int) length);
    }
}
