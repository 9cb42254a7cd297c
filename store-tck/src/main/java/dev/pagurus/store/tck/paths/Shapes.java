package dev.pagurus.store.tck.paths;

import dev.pagurus.store.DoubleField;
import dev.pagurus.store.Field;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of one collection, one revision after the other: fields come and go and change their type or where they
 * are taken from, indexes come and go and are unique or not.
 */
final class Shapes {

    /** Each line is one field's name, as it may be declared. */
    private static final List<List<Field<Parcel, ?>>> FIELDS = List.of(
            List.of(
                    Parcel.TEXT,
                    LongField.<Parcel>of("text", parcel -> length(parcel.item().text()))),
            List.of(
                    Parcel.NUMBER,
                    TextField.<Parcel>of("number", parcel -> shown(parcel.item().number())),
                    DoubleField.<Parcel>of(
                            "number", parcel -> real(parcel.item().number()))),
            List.of(
                    Parcel.REAL,
                    TextField.<Parcel>of("real", parcel -> shown(parcel.item().real()))),
            List.of(
                    Parcel.FLAG,
                    ManyField.<Parcel>of(
                            "flag",
                            parcel -> List.of("all", "flag " + parcel.item().flag()))),
            List.of(
                    Parcel.TIME,
                    TextField.<Parcel>of("time", parcel -> shown(parcel.item().time()))),
            List.of(
                    Parcel.COLOR,
                    TextField.<Parcel>of(
                            "color", parcel -> "the color " + parcel.item().color())),
            List.of(Parcel.TAGS, LongField.<Parcel>of("tags", parcel -> size(parcel.item()))),
            List.of(
                    Parcel.WORDS,
                    Parcel.WORDS.keepingDiacritics(),
                    WordsField.<Parcel>of("words", parcel -> parcel.item().code()),
                    ManyField.<Parcel>of("words", parcel -> List.of("all", "words"))),
            List.of(
                    TextField.<Parcel>of("more", parcel -> parcel.item().code()),
                    ManyField.<Parcel>of("more", parcel -> List.of("all", "seal " + parcel.seal()))));

    private final String name;
    private final boolean unique;
    private final Random random;
    private int revision;

    /**
     * Begins with revision 1.
     *
     * @param unique whether the store has unique indexes
     */
    Shapes(String name, boolean unique, Random random) {
        this.name = name;
        this.unique = unique;
        this.random = random;
    }

    /** Returns the next revision; the code, the seal and the route are always there, as one thing or another. */
    Schema<Parcel> next() {
        Schema<Parcel> schema = Schema.of(name, Parcel.CODEC).revision(++revision);
        for (List<Field<Parcel, ?>> declarations : FIELDS) {
            Field<Parcel, ?> field = declarations.get(random.nextInt(declarations.size()));
            schema = switch (random.nextInt(4)) {
                case 0 -> schema;
                case 1 -> schema.field(field);
                default -> schema.index(field);
            };
        }
        for (Field<Parcel, ?> field : List.of(Parcel.CODE, Parcel.SEAL)) {
            schema = switch (random.nextInt(4)) {
                case 0 -> schema.field(field);
                case 1 -> schema.index(field);
                default -> unique ? schema.uniqueIndex(field) : schema.index(field);
            };
        }
        return switch (random.nextInt(4)) {
            case 0 -> schema.index(Parcel.FROM).index(Parcel.TO);
            case 1 -> schema.index(Parcel.FROM, Parcel.TO);
            default -> unique ? schema.uniqueIndex(Parcel.FROM, Parcel.TO) : schema.index(Parcel.FROM, Parcel.TO);
        };
    }

    private static @Nullable Long length(@Nullable String text) {
        return text == null ? null : (Long) (long) text.length();
    }

    private static @Nullable String shown(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Double real(@Nullable Long number) {
        return number == null ? null : (Double) (double) number;
    }

    private static Long size(Item item) {
        Set<String> tags = item.tags();
        return tags == null ? 0L : (Long) (long) tags.size();
    }
}
