package dev.pagurus.examples.cli;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.Codec;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.Field;
import dev.pagurus.store.IndexTerm;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Sort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A schema that is the same as a stored definition, so that a collection can be queried without the application's code. Its
 * documents are texts, from which no field can be made: whatever would write one fails.
 *
 * @param fields by name, with those that every collection has
 */
record StoredSchema(Schema<String> schema, Map<String, Field<String, ?>> fields) {

    static StoredSchema of(CollectionDefinition definition) {
        Schema<String> schema = Schema.of(definition.name(), Codec.of(text -> text, text -> text))
                .revision(definition.revision());
        Map<String, Field<String, ?>> fields = new LinkedHashMap<>();
        fields.put("id", schema.id());
        fields.put("created_at", schema.createdAt());
        fields.put("version", schema.updatedAt());
        for (FieldDefinition stored : definition.fields()) {
            Field<String, ?> field = field(stored);
            fields.put(stored.name(), field);
            schema = schema.field(field);
        }
        for (IndexDefinition index : definition.indexes()) {
            schema = declared(schema, index, fields);
        }
        if (definition.retention() != null) {
            schema = schema.changes(definition.retention());
        }
        if (definition.expiry() != null) {
            @SuppressWarnings("unchecked") // made above, of a definition that was checked
            InstantField<String> expiry = (InstantField<String>) fields.get(definition.expiry());
            schema = schema.expiresAt(Objects.requireNonNull(expiry));
        }
        return new StoredSchema(schema, fields);
    }

    private static Field<String, ?> field(FieldDefinition stored) {
        String name = stored.name();
        return switch (stored.kind()) {
            case TEXT ->
                TextField.<String>of(name, text -> {
                            throw none();
                        })
                        .maxBytes(stored.maxBytes());
            case LONG ->
                LongField.<String>of(name, text -> {
                    throw none();
                });
            case DOUBLE ->
                DoubleField.<String>of(name, text -> {
                    throw none();
                });
            case INSTANT ->
                InstantField.<String>of(name, text -> {
                    throw none();
                });
            case BOOLEAN ->
                BooleanField.<String>of(name, text -> {
                    throw none();
                });
            case WORDS ->
                WordsField.<String>of(name, text -> {
                    throw none();
                });
            case ACCENTED_WORDS ->
                WordsField.<String>of(name, text -> {
                            throw none();
                        })
                        .keepingDiacritics();
            case MANY ->
                ManyField.<String>of(name, text -> {
                    throw none();
                });
        };
    }

    private static IllegalStateException none() {
        return new IllegalStateException("No field can be made without the application's code.");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static Schema<String> declared(
            Schema<String> schema, IndexDefinition index, Map<String, Field<String, ?>> fields) {
        List<IndexTerm<String>> terms = new ArrayList<>();
        for (Sort term : index.terms()) {
            Field<String, ?> field = fields.get(term.field());
            if (field == null) {
                throw new IllegalArgumentException("An index is over a field that is not there.");
            }
            terms.add(term.descending() && field instanceof ScalarField<String, ?> scalar ? scalar.desc() : field);
        }
        IndexTerm<String>[] all = terms.toArray(new IndexTerm[0]);
        return index.unique() ? schema.uniqueIndex(all) : schema.index(all);
    }
}
