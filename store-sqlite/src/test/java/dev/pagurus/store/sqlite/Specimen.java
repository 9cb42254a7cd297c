package dev.pagurus.store.sqlite;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An ordinary document with a field of every kind. */
record Specimen(
        @Nullable String text,
        @Nullable Long number,
        @Nullable Double real,
        @Nullable Boolean flag,
        @Nullable Instant time,
        @Nullable Colour colour,
        Set<String> tags) {

    enum Colour {
        RED,
        GREEN
    }

    static final TextField<Specimen> TEXT = TextField.of("text", Specimen::text);
    static final LongField<Specimen> NUMBER = LongField.of("number", Specimen::number);
    static final DoubleField<Specimen> REAL = DoubleField.of("real", Specimen::real);
    static final BooleanField<Specimen> FLAG = BooleanField.of("flag", Specimen::flag);
    static final InstantField<Specimen> TIME = InstantField.of("time", Specimen::time);
    static final EnumField<Specimen, Colour> COLOUR = EnumField.of("colour", Colour.class, Specimen::colour);
    static final ManyField<Specimen> TAGS = ManyField.of("tags", Specimen::tags);

    static final Schema<Specimen> SCHEMA = Schema.of("specimens", Specimen.class)
            .uniqueIndex(TEXT)
            .index(NUMBER, REAL.desc())
            .index(TAGS)
            .field(REAL)
            .field(FLAG)
            .field(TIME)
            .field(COLOUR);

    /** Has nothing but a text. */
    static Specimen named(String text) {
        return new Specimen(text, null, null, null, null, null, Set.of());
    }

    /** Has something in each field. */
    static Specimen numbered(int number) {
        return new Specimen(
                "specimen " + number,
                number % 5L,
                number / 4.0,
                number % 2 == 0,
                Instant.ofEpochSecond(1_700_000_000L + number),
                Colour.values()[number % 2],
                Set.of("all", "tag " + number % 3));
    }
}
