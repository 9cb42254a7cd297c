package com.example.h2store;

import dev.pagurus.store.*;
import java.time.Instant;
import java.util.Set;

/** A document with a field of every kind, each of which may hold the strangest that it can. */
record Oddity(
        String text, Long number, Double real, Boolean flag, Instant time, Kind kind, Set<String> tags, String code, String rest) {

    enum Kind {
        SMALL,
        LARGE
    }

    static final TextField<Oddity> TEXT = TextField.of("text", Oddity::text);
    static final LongField<Oddity> NUMBER = LongField.of("number", Oddity::number);
    static final DoubleField<Oddity> REAL = DoubleField.of("real", Oddity::real);
    static final BooleanField<Oddity> FLAG = BooleanField.of("flag", Oddity::flag);
    static final InstantField<Oddity> TIME = InstantField.of("time", Oddity::time);
    static final EnumField<Oddity, Kind> KIND = EnumField.of("kind", Kind.class, Oddity::kind);
    static final ManyField<Oddity> TAGS = ManyField.of("tags", Oddity::tags);
    static final TextField<Oddity> CODE = TextField.of("code", Oddity::code);

    /** A name of one letter. */
    static final Schema<Oddity> INDEXED = Schema.of("o", Oddity.class)
            .uniqueIndex(CODE)
            .index(TEXT)
            .index(KIND, TIME)
            .index(NUMBER.desc(), TEXT)
            .index(TAGS)
            .field(REAL)
            .field(FLAG);

    /** Words of SQL for names, and a revision that is not the first. */
    static final Schema<Oddity> SELECT = Schema.of("select", Oddity.class)
            .revision(7)
            .field(TextField.of("from", Oddity::text))
            .field(ManyField.of("group", Oddity::tags))
            .index(DoubleField.of("order", Oddity::real));

    /** Names as long as can be, and bodies that are any text. */
    static final Schema<String> RAW = Schema.of("r" + "_".repeat(38) + "9", Codec.of(text -> text, text -> text))
            .index(LongField.of("f" + "0".repeat(39), text -> (long) text.length()))
            .field(ManyField.of("m" + "0".repeat(39), text -> text.isEmpty()
                    ? Set.of()
                    : Set.of("U+" + Integer.toHexString(text.codePointAt(0)), Character.toString(text.codePointAt(0)))));

    static final Schema<Oddity> EMPTY = Schema.of("empty", Oddity.class).index(TEXT);

    /** What is written beside the first copy. */
    static final Schema<Oddity> PAIRS = Schema.of("pairs", Oddity.class).index(NUMBER);

    static Oddity ofNumber(long number) {
        return new Oddity(null, number, null, null, null, null, Set.of(), null, null);
    }
}
