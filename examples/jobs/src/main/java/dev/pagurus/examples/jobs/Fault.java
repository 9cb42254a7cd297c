package dev.pagurus.examples.jobs;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is kept of an exception, for people to look at: its type and message, without what the payload says. */
final class Fault {

    private static final int MOST = 500;
    private static final int WORD = 4;
    private static final String HIDDEN = "[hidden]";
    private static final JsonMapper JSON = new JsonMapper();

    private Fault() {}

    static String of(Throwable failure, String payload) {
        String text =
                failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
        text = payload.length() < WORD ? text : text.replace(payload, HIDDEN);
        try {
            text = without(JSON.readTree(payload), text);
        } catch (JacksonException e) {
            text = failure.getClass().getSimpleName(); // What cannot be looked for may be in it.
        }
        return text.length() > MOST ? text.substring(0, MOST) + "…" : text;
    }

    private static String without(JsonNode payload, String text) {
        String shorter = text;
        if (payload.isValueNode()) {
            String value = payload.asString();
            return value.length() < WORD ? text : text.replace(value, HIDDEN);
        }
        for (JsonNode part : payload) {
            shorter = without(part, shorter);
        }
        return shorter;
    }
}
