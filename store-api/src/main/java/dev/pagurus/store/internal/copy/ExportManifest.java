package dev.pagurus.store.internal.copy;

import static dev.pagurus.store.internal.copy.ExportJson.name;
import static dev.pagurus.store.internal.copy.ExportJson.number;
import static dev.pagurus.store.internal.copy.ExportJson.require;
import static dev.pagurus.store.internal.copy.ExportJson.text;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Schema;
import dev.pagurus.store.spi.CollectionDefinition;
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

    static final int MAX_COLLECTIONS = 10_000;
    static final int MAX_BYTES = 16 << 20;
    static final int MAX_DEFINITION_LENGTH = 256 << 10;

    /** Rises when older releases could not read what is written. */
    private static final int VERSION = 3;

    /** What is read by releases in which no document expires. */
    private static final int SECOND = 2;

    /** What the first release reads: no collection says its shape, or keeps its changes. */
    private static final int FIRST = 1;

    /** Returns how many documents a collection is said to have. */
    long documents(CollectionDefinition collection) {
        return contents.get(definitions.indexOf(collection)).documents();
    }

    public void write(JsonGenerator json, String source) {
        json.writeStartObject();
        json.writeStringProperty("format", FORMAT);
        json.writeNumberProperty("version", version());
        json.writeStringProperty("source", source);
        json.writeStringProperty("written_at", Instant.now().toString());
        json.writeArrayPropertyStart("collections");
        for (int i = 0; i < definitions.size(); i++) {
            ExportJson.write(json, definitions.get(i), contents.get(i));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private int version() {
        if (definitions.stream().anyMatch(one -> one.expiry() != null)) {
            return VERSION;
        }
        for (CollectionDefinition definition : definitions) {
            if (definition.shape() != null || definition.retention() != null) {
                return SECOND;
            }
        }
        return FIRST;
    }

    /** Refuses to write what {@link #read} would refuse. */
    static void requireWritable(List<CollectionDefinition> definitions) {
        long length = 0;
        boolean small = definitions.size() <= MAX_COLLECTIONS;
        for (CollectionDefinition definition : definitions) {
            int one = definition.text().length();
            length += one;
            small &= one <= MAX_DEFINITION_LENGTH && length <= MAX_BYTES / 2 && isDeclarable(definition);
        }
        if (!small) {
            throw new CopyException("An export holds at most " + MAX_COLLECTIONS + " collections, each with at most "
                    + Schema.MAX_FIELDS + " fields and " + Schema.MAX_INDEXES + " indexes, and definitions of "
                    + MAX_BYTES / 2 + " bytes. There are "
                    + definitions.size() + " collections; copy from store to store, which has no such limits.");
        }
    }

    /** An earlier release let schemas declare more. */
    private static boolean isDeclarable(CollectionDefinition definition) {
        return definition.fields().size() <= Schema.MAX_FIELDS
                && definition.indexes().size() <= Schema.MAX_INDEXES
                && definition.indexes().stream().allMatch(index -> index.terms().size() <= Schema.MAX_INDEX_FIELDS);
    }

    public static ExportManifest read(JsonParser json) {
        require(json.nextToken() == JsonToken.START_OBJECT, "a manifest");
        require(text(json, "format").equals(FORMAT), "the format " + FORMAT);
        long version = number(json, "version");
        if (version < FIRST || version > VERSION) {
            throw new CopyException("It has version " + version + " of the format, this release reads versions " + FIRST
                    + " to " + VERSION + ". Use the release that wrote it, or a newer one.");
        }
        text(json, "source");
        text(json, "written_at");
        name(json, "collections");
        require(json.nextToken() == JsonToken.START_ARRAY, "an array of collections");
        List<CollectionDefinition> definitions = new ArrayList<>();
        List<CopyResult.Collection> contents = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(definitions.size() < MAX_COLLECTIONS, "the end of the collections, after " + MAX_COLLECTIONS);
            String name = text(json, "name");
            String text = text(json, "definition");
            require(text.length() <= MAX_DEFINITION_LENGTH, "a definition of " + MAX_DEFINITION_LENGTH + " characters");
            CollectionDefinition definition = CollectionDefinition.parse(text);
            require(definition.fields().size() <= Schema.MAX_FIELDS, "an end after " + Schema.MAX_FIELDS + " fields");
            require(
                    definition.indexes().size() <= Schema.MAX_INDEXES,
                    "an end after " + Schema.MAX_INDEXES + " indexes");
            ExportSchema.requireDeclarable(definition);
            require(definition.name().equals(name), "the definition of '" + definition.name() + "'");
            definitions.add(definition);
            contents.add(new CopyResult.Collection(
                    name,
                    definition.revision(),
                    number(json, "documents"),
                    number(json, "bytes"),
                    text(json, "sha256")));
            require(json.nextToken() == JsonToken.END_OBJECT, "the end of '" + name + "'");
        }
        require(json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null, "the end of the manifest");
        List<String> names =
                definitions.stream().map(CollectionDefinition::name).toList();
        require(names.equals(names.stream().distinct().sorted().toList()), "each collection once, in order of name");
        return new ExportManifest(List.copyOf(definitions), List.copyOf(contents));
    }
}
