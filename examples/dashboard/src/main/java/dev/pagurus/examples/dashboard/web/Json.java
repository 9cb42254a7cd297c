package dev.pagurus.examples.dashboard.web;

import io.javalin.http.Context;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out: what comes in is not trusted to be of any type. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static void answer(Context ctx, int status, Object body) {
        ctx.status(status).contentType("application/json").result(MAPPER.writeValueAsString(body));
    }

    /** Reads an object. */
    static JsonNode object(byte[] body) {
        JsonNode json;
        try {
            json = MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new BadRequestException("The body is not JSON.");
        }
        if (!json.isObject()) {
            throw new BadRequestException("The body must be a JSON object.");
        }
        return json;
    }

    /** Returns a text without control characters, or null if there is none. */
    static @Nullable String text(JsonNode object, String name, int maxBytes) {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw new BadRequestException("'" + name + "' must be a text.");
        }
        return Texts.checked(name, node.stringValue(), maxBytes);
    }

    /** Returns the texts of a list, or null if there is no list. */
    static @Nullable Set<String> texts(JsonNode object, String name, int maxBytes) {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isArray() || node.valueStream().anyMatch(one -> !one.isString())) {
            throw new BadRequestException("'" + name + "' must be a list of texts.");
        }
        return node.valueStream()
                .map(one -> Texts.checked(name, one.stringValue(), maxBytes))
                .collect(Collectors.toSet());
    }
}
