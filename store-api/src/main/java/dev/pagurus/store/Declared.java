package dev.pagurus.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields and indexes that a schema declares, which have their limits.
 *
 * @param schema its name, for messages
 * @param expiry by which documents expire; null if they stay
 */
record Declared<T>(
        String schema,
        List<Field<? super T, ?>> fields,
        List<Index<T>> indexes,
        @Nullable InstantField<? super T> expiry) {

    private static final int NUMBER_BYTES = 8;

    Declared<T> withField(Field<? super T, ?> field) {
        return new Declared<>(schema, with(fields, field), indexes, expiry);
    }

    Declared<T> withIndex(boolean unique, List<IndexTerm<? super T>> terms) {
        Index<T> index = Index.of(schema, unique, terms);
        requireRoom(index);
        for (Index<T> other : indexes) {
            if (other.isOverTheSameAs(index)) {
                throw new SchemaException(
                        "Schema '" + schema + "' declares the index " + index.name() + " twice. Remove one of them.");
            }
            if (other.name().equals(index.name())) {
                // Fields a_b and c make the same name as a and b_c.
                index = index.renamed(index.name() + "_" + (indexes.size() + 1));
            }
        }
        List<Field<? super T, ?>> declared = fields;
        int bytes = 0;
        for (Index.Term<T> term : index.terms()) {
            bytes += bytesOf(term.field());
            if (!isSystem(term.field())) {
                declared = with(declared, term.field());
            } else if (unique) {
                throw new SchemaException("The unique index " + index.name() + " of schema '" + schema + "' is over '"
                        + term.field().name() + "', which the store sets itself. Declare it with index(...).");
            }
        }
        if (bytes > Schema.MAX_INDEX_BYTES) {
            throw new SchemaException("The index " + index.name() + " of schema '" + schema + "' could need " + bytes
                    + " bytes for one document, more than " + Schema.MAX_INDEX_BYTES
                    + ". Give its text fields a lower limit: TextField.maxBytes(n).");
        }
        return new Declared<>(schema, declared, appended(indexes, index), expiry);
    }

    /** Whatever index begins with the field finds what has expired. */
    Declared<T> withExpiry(InstantField<? super T> field) {
        if (isSystem(field)) {
            throw new SchemaException("Documents of schema '" + schema + "' cannot expire by '" + field.name()
                    + "', which the store sets itself. Declare an InstantField of the value, and return from it when the"
                    + " document shall go.");
        }
        if (expiry != null) {
            throw new SchemaException("Schema '" + schema + "' says twice when its documents expire, by '"
                    + expiry.name() + "' and by '" + field.name() + "'. Remove one of them.");
        }
        Declared<T> declared = withField(field);
        boolean indexed = indexes.stream().anyMatch(one -> one.terms().get(0).field() == field);
        if (!indexed) {
            declared = declared.withIndex(false, List.of(field));
        }
        return new Declared<>(schema, declared.fields, declared.indexes, field);
    }

    private void requireRoom(Index<T> index) {
        if (index.terms().size() > Schema.MAX_INDEX_FIELDS) {
            throw new SchemaException("An index of schema '" + schema + "' is over "
                    + index.terms().size() + " fields, more than " + Schema.MAX_INDEX_FIELDS
                    + ". Name the first ones; those behind them find hardly fewer documents.");
        }
        if (indexes.size() == Schema.MAX_INDEXES) {
            throw new SchemaException("Schema '" + schema + "' declares more than " + Schema.MAX_INDEXES
                    + " indexes. Leave out those whose fields another one begins with, and fields that are only filtered"
                    + " on: field(...).");
        }
    }

    private List<Field<? super T, ?>> with(List<Field<? super T, ?>> declared, Field<? super T, ?> field) {
        if (isSystem(field)) {
            throw new SchemaException("'" + field.name() + "' is a column of every collection; it is not declared.");
        }
        for (Field<? super T, ?> other : declared) {
            if (other == field) {
                return declared;
            }
            if (other.name().equals(field.name())) {
                throw new SchemaException("Schema '" + schema + "' declares two fields named '" + field.name()
                        + "'. Declare a field once, as a constant, and use that one everywhere.");
            }
        }
        if (declared.size() == Schema.MAX_FIELDS) {
            throw new SchemaException("Schema '" + schema + "' declares more than " + Schema.MAX_FIELDS
                    + " fields. Declare those that are searched by; the others are in the body anyway.");
        }
        return appended(declared, field);
    }

    private static <E> List<E> appended(List<E> list, E element) {
        List<E> longer = new ArrayList<>(list);
        longer.add(element);
        return Collections.unmodifiableList(longer);
    }

    private static boolean isSystem(Field<?, ?> field) {
        return switch (field.name()) {
            case "id", "version", "created_at" -> true;
            default -> false;
        };
    }

    private static int bytesOf(Field<?, ?> field) {
        if (field instanceof TextField<?> text) {
            return text.maxBytes();
        }
        if (field instanceof WordsField) {
            return WordsField.MAX_WORD_BYTES;
        }
        return field instanceof EnumField || field instanceof ManyField ? ManyField.MAX_BYTES : NUMBER_BYTES;
    }
}
