package dev.pagurus.store.internal.copy;

import static dev.pagurus.store.internal.copy.ExportJson.require;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.Field;
import dev.pagurus.store.Index;
import dev.pagurus.store.IndexTerm;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.internal.value.FollowerMark;
import dev.pagurus.store.internal.value.ShapeText;
import dev.pagurus.store.internal.value.StepMark;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Sort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names of a definition become those of tables and columns, and whoever wrote the file is not known. So it is declared once
 * more, as an application would: what no {@link Schema} has is refused by the rules that stand there.
 */
final class ExportSchema {

    private ExportSchema() {}

    static void requireDeclarable(CollectionDefinition definition) {
        if (definition.equals(StepMark.COLLECTION) || definition.equals(FollowerMark.COLLECTION)) {
            // Ours, and nothing but that: a store that was moved does not run its steps again, and its followers are
            // told
            // that they are elsewhere.
            return;
        }
        Schema<Object> schema = Schema.of(definition.name(), Object.class).revision(definition.revision());
        Map<String, Field<Object, ?>> fields = new TreeMap<>(Map.of(
                "id", schema.id(),
                "version", schema.updatedAt(),
                "created_at", schema.createdAt()));
        for (FieldDefinition field : definition.fields()) {
            Field<Object, ?> declared = declare(field);
            require(fields.put(field.name(), declared) == null, "a field of its own name");
            schema = schema.field(declared);
        }
        for (IndexDefinition index : definition.indexes()) {
            schema = declare(schema, fields, index);
            Index<Object> declared = schema.indexes().get(schema.indexes().size() - 1);
            require(declared.name().equals(index.name()), "the index " + declared.name());
        }
        require(schema.fields().size() == definition.fields().size(), "every field of an index");
        Duration retention = definition.retention();
        require(
                retention == null || schema.changes(retention).changes().equals(Optional.of(retention)),
                "a retention in microseconds");
        String expiry = definition.expiry();
        require(
                expiry == null || isIndexedBy(schema, fields.get(expiry)),
                "an index over the time at which documents expire");
        String shape = definition.shape();
        require(shape == null || ShapeText.isNormal(shape), "a shape that a schema can have");
    }

    @SuppressWarnings("unchecked") // it was declared here, as one of objects
    private static boolean isIndexedBy(Schema<Object> schema, @Nullable Field<Object, ?> expiry) {
        return expiry instanceof InstantField
                && schema.expiresAt((InstantField<Object>) expiry).indexes().size()
                        == schema.indexes().size();
    }

    private static Field<Object, ?> declare(FieldDefinition field) {
        int most = switch (field.kind()) {
            case MANY -> ManyField.MAX_BYTES;
            case WORDS, ACCENTED_WORDS -> WordsField.MAX_WORD_BYTES;
            default -> 0;
        };
        require(field.kind() == FieldKind.TEXT || field.maxBytes() == most, "a limit that is one");
        return switch (field.kind()) {
            case TEXT -> TextField.of(field.name(), Object::toString).maxBytes(field.maxBytes());
            case LONG -> LongField.of(field.name(), value -> null);
            case DOUBLE -> DoubleField.of(field.name(), value -> null);
            case BOOLEAN -> BooleanField.of(field.name(), value -> null);
            case INSTANT -> InstantField.of(field.name(), value -> null);
            case MANY -> ManyField.of(field.name(), value -> null);
            case WORDS -> WordsField.of(field.name(), value -> null);
            case ACCENTED_WORDS -> WordsField.of(field.name(), value -> null).keepingDiacritics();
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of them cannot have their type
    private static Schema<Object> declare(
            Schema<Object> schema, Map<String, Field<Object, ?>> fields, IndexDefinition index) {
        require(index.terms().size() <= fields.size(), "fewer fields in an index");
        List<IndexTerm<Object>> terms =
                index.terms().stream().map(term -> term(fields, term)).toList();
        IndexTerm<Object>[] declared = terms.toArray(IndexTerm[]::new);
        return index.unique() ? schema.uniqueIndex(declared) : schema.index(declared);
    }

    private static IndexTerm<Object> term(Map<String, Field<Object, ?>> fields, Sort term) {
        Field<Object, ?> field = fields.get(term.field());
        if (term.descending() && field instanceof ScalarField<Object, ?> scalar) {
            return scalar.desc();
        }
        require(field != null && !term.descending(), "a field for each term of an index");
        return Objects.requireNonNull(field);
    }
}
