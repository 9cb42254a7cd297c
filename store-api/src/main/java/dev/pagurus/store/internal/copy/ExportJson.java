package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A document as one line of an export, see {@link dev.pagurus.store.Store#exportTo}; and back, with everything checked. */
final class ExportJson {

    /** Whatever a number stands for, it is read as a whole before it is looked at. */
    static final int MAX_NUMBER_LENGTH = 100;

    private ExportJson() {}

    public static void write(JsonGenerator json, CollectionDefinition collection, StoredRow row) {
        StoredDocument document = row.document();
        json.writeStartObject();
        json.writeStringProperty("id", document.id());
        json.writeNumberProperty("version", document.version());
        json.writeNumberProperty("created_at", document.createdAt());
        json.writeObjectPropertyStart("fields");
        for (int i = 0; i < row.values().size(); i++) {
            json.writeName(collection.fields().get(i).name());
            write(json, row.values().get(i));
        }
        json.writeEndObject();
        json.writeStringProperty("body", document.body());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        if (value instanceof List<?> texts) {
            json.writeStartArray();
            texts.forEach(text -> json.writeString(String.valueOf(text)));
            json.writeEndArray();
        } else if (value instanceof Double real && real.isInfinite()) {
            json.writeString(real.toString());
        } else if (value instanceof Double real) {
            json.writeNumber(real);
        } else if (value instanceof Long integer) {
            json.writeNumber(integer);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else {
            json.writeString((String) value);
        }
    }

    /** Reads a line of which the opening brace is already read. */
    public static StoredRow read(JsonParser json, CollectionDefinition collection, long maxBodyBytes) {
        require(json.currentToken() == JsonToken.START_OBJECT, "a document");
        String id = Texts.checkId(collection.name(), text(json, "id"));
        long version = number(json, "version");
        long createdAt = number(json, "created_at");
        require(
                version >= Micros.FIRST
                        && version <= Micros.LAST_VERSION
                        && createdAt >= Micros.FIRST
                        && createdAt <= Micros.LAST,
                "a version and a time that can be");
        name(json, "fields");
        require(json.nextToken() == JsonToken.START_OBJECT, "fields");
        List<@Nullable Object> values = new ArrayList<>(collection.fields().size());
        for (FieldDefinition field : collection.fields()) {
            name(json, field.name());
            json.nextToken();
            values.add(value(json, field, id));
        }
        require(json.nextToken() == JsonToken.END_OBJECT, "no more fields");
        String body = text(json, "body");
        Texts.check(body, maxBodyBytes, "The body of document '" + id + "' in collection '" + collection.name() + "'");
        require(json.nextToken() == JsonToken.END_OBJECT, "the end of the document");
        return new StoredRow(new StoredDocument(id, version, createdAt, body), values);
    }

    private static @Nullable Object value(JsonParser json, FieldDefinition field, String id) {
        JsonToken token = json.currentToken();
        if (field.kind().isMany()) {
            require(token == JsonToken.START_ARRAY, "an array for field '" + field.name() + "'");
            Set<String> texts = new LinkedHashSet<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                require(
                        texts.size() < mostValues(field),
                        "the end of field '" + field.name() + "' after " + mostValues(field) + " values");
                require(texts.add(checked(json, field, id)), "another value in field '" + field.name() + "'");
            }
            require(!field.kind().isWords() || !texts.contains(""), "a word in field '" + field.name() + "'");
            return List.copyOf(texts);
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (field.kind()) {
            case LONG, INSTANT -> {
                require(token == JsonToken.VALUE_NUMBER_INT, "an integer for field '" + field.name() + "'");
                long number = json.getLongValue();
                boolean can = field.kind() == FieldKind.LONG || (number >= Micros.FIRST && number <= Micros.LAST);
                require(can, "a time from the years 1 to 9999 for field '" + field.name() + "'");
                yield number;
            }
            case BOOLEAN -> {
                require(token.isBoolean(), "true or false for field '" + field.name() + "'");
                yield json.getBooleanValue();
            }
            case DOUBLE -> real(json, field);
            case TEXT, MANY, WORDS, ACCENTED_WORDS -> checked(json, field, id);
        };
    }

    private static Double real(JsonParser json, FieldDefinition field) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            String text = json.getString();
            require(text.equals("Infinity") || text.equals("-Infinity"), "a real for field '" + field.name() + "'");
            return Double.valueOf(text);
        }
        require(json.currentToken().isNumeric(), "a real for field '" + field.name() + "'");
        double real = json.getDoubleValue();
        boolean can = Double.isFinite(real) && Double.doubleToRawLongBits(real) != Double.doubleToRawLongBits(-0.0);
        require(can, "a real that can be for field '" + field.name() + "'");
        return real;
    }

    private static String checked(JsonParser json, FieldDefinition field, String id) {
        require(json.currentToken() == JsonToken.VALUE_STRING, "a text for field '" + field.name() + "'");
        String text = json.getString();
        Texts.check(text, field.maxBytes(), "Field '" + field.name() + "' of document '" + id + "'");
        return text;
    }

    private static long mostValues(FieldDefinition field) {
        if (field.kind().isWords()) {
            return WordsField.MAX_WORDS;
        }
        return field.kind() == FieldKind.MANY ? ManyField.MAX_VALUES : 1;
    }

    /** Returns how many bytes a document takes at most, each of them written as it takes most: as an escape. */
    static long maxBytes(CollectionDefinition collection, long maxBodyBytes) {
        long bytes = Schema.MAX_ID_BYTES + maxBodyBytes;
        for (FieldDefinition field : collection.fields()) {
            bytes += field.maxBytes() * mostValues(field);
        }
        return 6 * bytes + (1 << 16);
    }

    /** Returns about how many characters a document keeps in memory. */
    static long size(StoredRow row) {
        long size = row.document().body().length();
        for (Object value : row.values()) {
            List<?> texts = value instanceof List<?> list ? list : value instanceof String ? List.of(value) : List.of();
            for (Object text : texts) {
                size += 40 + String.valueOf(text).length();
            }
        }
        return size;
    }

    static String text(JsonParser json, String name) {
        name(json, name);
        require(json.nextToken() == JsonToken.VALUE_STRING, "a text for '" + name + "'");
        return json.getString();
    }

    static long number(JsonParser json, String name) {
        name(json, name);
        require(json.nextToken() == JsonToken.VALUE_NUMBER_INT, "an integer for '" + name + "'");
        return json.getLongValue();
    }

    static void name(JsonParser json, String name) {
        require(name.equals(json.nextName()), "'" + name + "'");
    }

    static void require(boolean met, String wanted) {
        if (!met) {
            throw new CopyException("There is not " + wanted + " where it should be.");
        }
    }

    /** One collection in the manifest. */
    public static void write(JsonGenerator json, CollectionDefinition collection, CopyResult.Collection content) {
        json.writeStartObject();
        json.writeStringProperty("name", collection.name());
        json.writeStringProperty("definition", collection.text());
        json.writeNumberProperty("documents", content.documents());
        json.writeNumberProperty("bytes", content.bytes());
        json.writeStringProperty("sha256", content.sha256());
        json.writeEndObject();
    }
}
