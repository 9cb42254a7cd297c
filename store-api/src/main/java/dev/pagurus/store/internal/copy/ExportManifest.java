package dev.pagurus.store.internal.copy;

import static dev.pagurus.store.internal.copy.ExportJson.name;
import static dev.pagurus.store.internal.copy.ExportJson.number;
import static dev.pagurus.store.internal.copy.ExportJson.require;
import static dev.pagurus.store.internal.copy.ExportJson.text;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What an export says of itself.
 *
 * @param definitions the collections, in order of name
 * @param contents what is in each of them
 */
record ExportManifest(List<CollectionDefinition> definitions, List<CopyResult.Collection> contents) {

    private static final String FORMAT = "pagurus-export";

    /** Rises when older releases could not read what is written. */
    private static final int VERSION = 1;

    public void write(JsonGenerator json, String source) {
        json.writeStartObject();
        json.writeStringProperty("format", FORMAT);
        json.writeNumberProperty("version", VERSION);
        json.writeStringProperty("source", source);
        json.writeStringProperty("written_at", Instant.now().toString());
        json.writeArrayPropertyStart("collections");
        for (int i = 0; i < definitions.size(); i++) {
            ExportJson.write(json, definitions.get(i), contents.get(i));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    public static ExportManifest read(JsonParser json) {
        require(json.nextToken() == JsonToken.START_OBJECT, "a manifest");
        require(text(json, "format").equals(FORMAT), "the format " + FORMAT);
        long version = number(json, "version");
        if (version != VERSION) {
            throw new CopyException("It has version " + version + " of the format, this release reads version "
                    + VERSION + ". Use the release that wrote it, or a newer one.");
        }
        text(json, "source");
        text(json, "written_at");
        name(json, "collections");
        require(json.nextToken() == JsonToken.START_ARRAY, "an array of collections");
        List<CollectionDefinition> definitions = new ArrayList<>();
        List<CopyResult.Collection> contents = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String name = text(json, "name");
            CollectionDefinition definition = checked(CollectionDefinition.parse(text(json, "definition")));
            require(definition.name().equals(name), "the definition of '" + name + "'");
            definitions.add(definition);
            contents.add(new CopyResult.Collection(
                    name,
                    definition.revision(),
                    number(json, "documents"),
                    number(json, "bytes"),
                    text(json, "sha256")));
            require(json.nextToken() == JsonToken.END_OBJECT, "the end of '" + name + "'");
        }
        require(json.nextToken() == JsonToken.END_OBJECT, "the end of the manifest");
        List<String> names =
                definitions.stream().map(CollectionDefinition::name).toList();
        require(names.equals(names.stream().distinct().sorted().toList()), "each collection once, in order of name");
        return new ExportManifest(List.copyOf(definitions), List.copyOf(contents));
    }

    /** Names become those of tables and columns, and whoever wrote the file is not known: what no schema has is refused. */
    private static CollectionDefinition checked(CollectionDefinition definition) {
        Schema.of(definition.name(), Object.class);
        require(definition.revision() > 0, "a revision of 1 or more");
        require(definition.fields().size() <= Schema.MAX_FIELDS, "fewer fields");
        List<String> columns = new ArrayList<>(List.of("id", "version", "created_at"));
        for (FieldDefinition field : definition.fields()) {
            TextField.of(field.name(), Object::toString);
            require(!columns.contains(field.name()), "a field of its own name");
            columns.add(field.name());
        }
        definition.indexes().forEach(index -> {
            require(index.name().matches("[a-z][a-z0-9_]*") && !index.terms().isEmpty(), "a proper index");
            index.terms().forEach(term -> require(columns.contains(term.field()), "a field for each term of an index"));
        });
        return definition;
    }
}
