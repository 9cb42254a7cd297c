package dev.pagurus.store.internal.value;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.Field;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Micros;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Turns the values of one field into what crosses the SPI, and back. */
public final class FieldCodec {

    /** 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999Z. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final Field<?, ?> field;
    private final FieldKind kind;
    private final String what;

    FieldCodec(String collection, Field<?, ?> field) {
        this.field = field;
        this.kind = kindOf(field);
        this.what = "Field '" + field.name() + "' of collection '" + collection + "'";
    }

    FieldDefinition definition() {
        return new FieldDefinition(field.name(), kind, maxBytes());
    }

    /** Returns the field's name. */
    public String name() {
        return field.name();
    }

    /** Says whether this is the codec of a field: of this name, and of the same type of values. */
    boolean isOf(Field<?, ?> other) {
        return field.name().equals(other.name())
                && field.getClass() == other.getClass()
                && (!(field instanceof WordsField<?> words)
                        || words.keepsDiacritics() == ((WordsField<?>) other).keepsDiacritics())
                && (!(field instanceof EnumField<?, ?> one)
                        || !(other instanceof EnumField<?, ?> two)
                        || one.type() == two.type());
    }

    /** Says whether this is the codec of the field of another one. */
    boolean isAs(FieldCodec other) {
        return isOf(other.field);
    }

    private int maxBytes() {
        if (field instanceof TextField<?> text) {
            return text.maxBytes();
        }
        if (field instanceof EnumField) {
            return EnumField.MAX_NAME_BYTES;
        }
        if (field instanceof WordsField) {
            return WordsField.MAX_WORD_BYTES;
        }
        return field instanceof ManyField ? ManyField.MAX_BYTES : 0;
    }

    /** Encodes what the extractor returned. */
    @Nullable
    Object encode(@Nullable Object value) {
        if (kind == FieldKind.MANY) {
            return many(value);
        }
        if (field instanceof WordsField<?> words) {
            return words(words, value);
        }
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            Texts.check(text, field instanceof TextField<?> limit ? limit.maxBytes() : TextField.MAX_BYTES, what);
        }
        if (value instanceof Instant instant && (instant.isBefore(EARLIEST) || instant.isAfter(LATEST))) {
            throw new InvalidValueException(what + " is " + instant + ", outside of the years 1 to 9999.");
        }
        return encodeAny(value);
    }

    /** Encodes what a filter compares with: not longer or later than a field could be, but in order with all that are. */
    public Object encodeForFilter(Object value) {
        if (value instanceof String text) {
            Texts.check(text, Integer.MAX_VALUE, "The text that field '" + field.name() + "' is compared with");
        }
        if (value instanceof Instant instant && instant.isBefore(EARLIEST)) {
            return Micros.of(EARLIEST) - 1;
        }
        if (value instanceof Instant instant && instant.isAfter(LATEST)) {
            return Micros.of(LATEST) + 1;
        }
        return encodeAny(value);
    }

    /** Turns a value that was read back into what the field's type promises. */
    @Nullable
    public Object decode(@Nullable Object raw) {
        if (raw == null) {
            return null;
        }
        if (field instanceof EnumField<?, ?> constants) {
            return constant(constants, (String) raw);
        }
        return kind == FieldKind.INSTANT ? Micros.toInstant((Long) raw) : raw;
    }

    private Object encodeAny(Object value) {
        if (kind == FieldKind.LONG) {
            return integer(value);
        }
        if (kind == FieldKind.DOUBLE) {
            return real((Number) value);
        }
        if (kind == FieldKind.INSTANT) {
            return Micros.of((Instant) value);
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    private Double real(Number value) {
        double real = value.doubleValue();
        if (Double.isNaN(real)) {
            throw new InvalidValueException(what + " is not a number (NaN), which has no place in any order.");
        }
        return real == 0.0 ? 0.0 : real;
    }

    private Long integer(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof AtomicLong || value instanceof AtomicInteger) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger big && big.bitLength() < Long.SIZE) {
            return big.longValue();
        }
        throw new InvalidValueException(what + " is a " + value.getClass().getSimpleName()
                + " that is not an integer of at most 64 bits; declare it as a DoubleField or change the extractor.");
    }

    private List<String> many(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        TreeSet<String> distinct = new TreeSet<>();
        for (Object one : (Collection<?>) value) {
            if (!(one instanceof String text)) {
                throw new InvalidValueException(what + " has null among its values.");
            }
            Texts.check(text, ManyField.MAX_BYTES, "A value of field '" + field.name() + "'");
            distinct.add(text);
        }
        if (distinct.size() > ManyField.MAX_VALUES) {
            throw new InvalidValueException(
                    what + " has " + distinct.size() + " values, more than the " + ManyField.MAX_VALUES + " allowed.");
        }
        return new ArrayList<>(distinct);
    }

    private List<String> words(WordsField<?> words, @Nullable Object text) {
        List<String> found = text == null ? List.of() : words.words((String) text);
        if (found.size() > WordsField.MAX_WORDS) {
            throw new InvalidValueException(what + " has " + found.size() + " different words, more than the "
                    + WordsField.MAX_WORDS + " allowed; let the extractor return a part of the text.");
        }
        return found;
    }

    private Object constant(EnumField<?, ?> constants, String name) {
        for (Object constant : constants.type().getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new SchemaException(what + " holds the name '" + name + "', which "
                + constants.type().getName()
                + " does not have. Keep the constant, or change the documents and raise the revision.");
    }

    static FieldKind kindOf(Field<?, ?> field) {
        if (field instanceof TextField || field instanceof EnumField) {
            return FieldKind.TEXT;
        }
        if (field instanceof LongField) {
            return FieldKind.LONG;
        }
        if (field instanceof InstantField) {
            return FieldKind.INSTANT;
        }
        if (field instanceof BooleanField) {
            return FieldKind.BOOLEAN;
        }
        if (field instanceof WordsField<?> words) {
            return words.keepsDiacritics() ? FieldKind.ACCENTED_WORDS : FieldKind.WORDS;
        }
        return field instanceof ManyField ? FieldKind.MANY : FieldKind.DOUBLE;
    }
}
