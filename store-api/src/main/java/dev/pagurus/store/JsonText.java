package dev.pagurus.store;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A body as Jackson's tree, while {@link JsonUpgrade}s change it. Read and written here and not by Jackson's own reader of
 * trees, which takes the last of two properties of one name and writes numbers anew: 1.0E10, 1e2 and -0.0 stay as they are.
 */
final class JsonText {

    /** Both reading and writing go down into the stack; the bytes have a limit of their own. */
    private static final int MAX_DEPTH = 1_000;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String before;
    private final JsonNode root;
    private final Set<String> leftOut = new TreeSet<>();
    private boolean changed;

    private JsonText(String before, JsonNode root) {
        this.before = before;
        this.root = root;
    }

    /**
     * Reads a text.
     *
     * @throws SchemaException if it is not JSON
     */
    static JsonText of(String text) {
        try (JsonParser json = MAPPER.createParser(text)) {
            JsonNode root = read(json, json.nextToken());
            if (json.nextToken() != null) {
                throw new SchemaException("The text is not JSON: something stands behind its end.");
            }
            return new JsonText(text, root);
        } catch (JacksonException e) {
            throw new SchemaException("The text is not JSON (" + e.getClass().getSimpleName() + ").", e);
        }
    }

    /** Returns all of it. */
    JsonNode root() {
        return root;
    }

    /** Returns the paths of what is gone although nobody named it, to which others are added. */
    Set<String> leftOut() {
        return leftOut;
    }

    /** Says that the tree is another one now. */
    void changed() {
        changed = true;
    }

    /** Returns the text, which is the one that was read where nothing has changed. */
    String text() {
        if (!changed) {
            return before;
        }
        StringWriter text = new StringWriter(before.length() + 64);
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            write(json, root);
        } catch (JacksonException e) {
            throw new SchemaException(
                    "What became of the text cannot be written (" + e.getClass().getSimpleName() + ").", e);
        }
        return text.toString();
    }

    private static JsonNode read(JsonParser json, @Nullable JsonToken token) {
        if (token == null) {
            throw new SchemaException("The text is not JSON: it ends too early.");
        }
        return switch (token) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                JsonToken next = json.nextToken();
                while (next != JsonToken.END_ARRAY) {
                    array.add(read(json, next));
                    next = json.nextToken();
                }
                yield array;
            }
            case VALUE_STRING -> NODES.stringNode(whole(json.getString()));
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> Written.of(json.getDecimalValue(), json.getString());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new SchemaException("The text is not JSON: a value is missing.");
        };
    }

    private static ObjectNode object(JsonParser json) {
        ObjectNode object = NODES.objectNode();
        String name = json.nextName();
        while (name != null) {
            if (object.replace(whole(name), read(json, json.nextToken())) != null) {
                throw new SchemaException("The text has the property '" + name
                        + "' twice in one object, and one of the two values would be lost.");
            }
            name = json.nextName();
        }
        return object;
    }

    /** An escape may write half a character, which no store could keep as it is. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (Character.isSurrogate(next)) {
                boolean pair = Character.isHighSurrogate(next)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new SchemaException("The text has half a character, a surrogate without the other one.");
                }
                i++;
            }
        }
        return text;
    }

    private static JsonNode integer(JsonParser json) {
        return switch (json.getNumberType()) {
            case INT ->
                json.getIntValue() == 0
                        ? Written.of(BigDecimal.ZERO, json.getString())
                        : NODES.numberNode(json.getIntValue());
            case LONG -> NODES.numberNode(json.getLongValue());
            default -> NODES.numberNode(json.getBigIntegerValue());
        };
    }

    private static void write(JsonGenerator json, JsonNode node) {
        if (node instanceof ObjectNode object) {
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                json.writeName(property.getKey());
                write(json, property.getValue());
            }
            json.writeEndObject();
        } else if (node instanceof ArrayNode array) {
            json.writeStartArray();
            for (JsonNode element : array) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (node instanceof Written number) {
            json.writeNumber(number.text);
        } else if (node.isString()) {
            json.writeString(node.stringValue());
        } else if (node.isInt() || node.isLong()) {
            json.writeNumber(node.longValue());
        } else if (node.isBoolean()) {
            json.writeBoolean(node.booleanValue());
        } else {
            MAPPER.writeTree(json, node);
        }
    }

    /** A number whose text Jackson would not have written. */
    private static final class Written extends DecimalNode {

        private static final long serialVersionUID = 1L;

        private final String text;

        private Written(BigDecimal value, String text) {
            super(value);
            this.text = text;
        }

        static JsonNode of(BigDecimal value, String text) {
            if (!text.equals(value.toString())) {
                return new Written(value, text);
            }
            return text.equals("0") ? NODES.numberNode(0) : new DecimalNode(value);
        }
    }
}
