package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Field;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a revision of a collection declares.
 *
 * @param uses what becomes of each of {@link #FIELDS}
 * @param joined whether there are indexes over two fields, as far as these are declared
 */
record Shape(List<Use> uses, boolean joined) {

    /** All fields of an item. */
    static final List<Field<Item, ?>> FIELDS =
            List.of(Item.TEXT, Item.NUMBER, Item.REAL, Item.FLAG, Item.TIME, Item.COLOR, Item.TAGS, Item.CODE);

    /** What another revision may take them from: the same kind of field, or another one, under the name of the first. */
    private static final List<Field<Item, ?>> OTHERS = List.of(
            TextField.of("text", item -> item.payload() == null ? null : "of " + item.number()),
            TextField.of("number", item -> item.number() == null ? null : "n" + item.number()),
            Item.REAL,
            Item.FLAG,
            Item.TIME,
            Item.COLOR,
            ManyField.of("tags", Shape::moreTags),
            Item.CODE);

    /** As the standard schema has it. */
    static final Shape STANDARD = new Shape(
            List.of(Use.INDEXED, Use.FIELD, Use.FIELD, Use.FIELD, Use.FIELD, Use.FIELD, Use.INDEXED, Use.UNIQUE), true);

    /** How a field is declared. */
    enum Use {
        LEFT_OUT,
        FIELD,
        INDEXED,
        UNIQUE,
        OTHER
    }

    /** Draws one in which most fields are declared. */
    static Shape any(Random random) {
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            boolean maybeUnique = FIELDS.get(i) == Item.CODE;
            uses.add(
                    switch (random.nextInt(8)) {
                        case 0 -> Use.LEFT_OUT;
                        case 1, 2 -> Use.FIELD;
                        case 3 -> Use.OTHER;
                        case 4, 5 -> maybeUnique ? Use.UNIQUE : Use.INDEXED;
                        default -> Use.INDEXED;
                    });
        }
        return new Shape(List.copyOf(uses), random.nextBoolean());
    }

    /** Returns the schema, with plain indexes in place of unique ones where a store has none. */
    Schema<Item> schema(String name, int revision, boolean unique) {
        Schema<Item> schema = Schema.of(name, Item.class).revision(revision);
        for (int i = 0; i < FIELDS.size(); i++) {
            schema = switch (uses.get(i)) {
                case LEFT_OUT -> schema;
                case FIELD -> schema.field(FIELDS.get(i));
                case INDEXED -> schema.index(FIELDS.get(i));
                case UNIQUE -> unique ? schema.uniqueIndex(FIELDS.get(i)) : schema.index(FIELDS.get(i));
                case OTHER -> schema.index(OTHERS.get(i));
            };
        }
        // Nothing is drawn for it: it is declared as the text is that its words are of.
        schema = switch (uses.get(FIELDS.indexOf(Item.TEXT))) {
            case FIELD -> schema.field(Item.WORDS);
            case INDEXED -> schema.index(Item.WORDS);
            case LEFT_OUT, UNIQUE, OTHER -> schema;
        };
        if (joined && declares(Item.COLOR) && declares(Item.TIME)) {
            schema = schema.index(Item.COLOR, Item.TIME);
        }
        return joined && declares(Item.NUMBER) && declares(Item.TEXT)
                ? schema.index(Item.NUMBER.desc(), Item.TEXT)
                : schema;
    }

    /** Returns those that have one thing less to say. */
    Stream<Shape> simpler() {
        Stream<Shape> withLess = IntStream.range(0, uses.size())
                .boxed()
                .flatMap(field -> Stream.of(Use.LEFT_OUT, Use.FIELD)
                        .filter(use -> use.compareTo(uses.get(field)) < 0)
                        .map(use -> with(field, use)));
        return joined ? Stream.concat(Stream.of(new Shape(uses, false)), withLess) : withLess;
    }

    private Shape with(int field, Use use) {
        List<Use> others = new ArrayList<>(uses);
        others.set(field, use);
        return new Shape(List.copyOf(others), joined);
    }

    private boolean declares(Field<Item, ?> field) {
        Use use = uses.get(FIELDS.indexOf(field));
        return use != Use.LEFT_OUT && use != Use.OTHER;
    }

    private static Set<String> moreTags(Item item) {
        Set<String> tags = new TreeSet<>(Objects.requireNonNullElse(item.tags(), Set.of()));
        if (tags.size() < ManyField.MAX_VALUES) {
            tags.add("one more");
        }
        return tags;
    }

    @Override
    public String toString() {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            if (uses.get(i) != Use.LEFT_OUT) {
                said.add(FIELDS.get(i) + " " + uses.get(i));
            }
        }
        return String.join(", ", said) + (joined ? ", and indexes over two" : "");
    }
}
