package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.Announcement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of Diun's webhook, checked. What Diun may add later is ignored; what we show must be of the right type and size.
 *
 * @param host the host that Diun runs on
 * @param image the image's whole name
 * @param announcement what it says of the image
 * @param metadata what the provider adds
 */
record DiunMessage(String host, String image, Announcement announcement, Map<String, String> metadata) {

    private static final int MAX_METADATA = 100;
    private static final int MAX_SHOWN = 1000;
    private static final Pattern DIGEST = Pattern.compile("[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,128}");

    /**
     * Reads a body.
     *
     * @throws BadRequestException if it is not one; the message names the field
     */
    static DiunMessage parse(byte[] body) {
        JsonNode json = Json.object(body);
        String digest = required(json, "digest", 255);
        if (!DIGEST.matcher(digest).matches()) {
            throw new BadRequestException("'digest' must be a digest, such as sha256:216e3ae7...");
        }
        return new DiunMessage(
                required(json, "hostname", 255),
                required(json, "image", 512),
                new Announcement(
                        required(json, "status", 32).toLowerCase(Locale.ROOT),
                        required(json, "provider", 64),
                        digest,
                        instant(json),
                        optional(json, "platform", 64),
                        optional(json, "mime_type", 255),
                        link(json),
                        optional(json, "diun_version", 64)),
                metadata(json.path("metadata")));
    }

    private static String required(JsonNode json, String name, int maxBytes) {
        String text = optional(json, name, maxBytes);
        if (text == null) {
            throw new BadRequestException("'" + name + "' is missing.");
        }
        return text;
    }

    /** Diun sends an empty text for what it does not know. */
    private static @Nullable String optional(JsonNode json, String name, int maxBytes) {
        String text = Json.text(json, name, maxBytes);
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable Instant instant(JsonNode json) {
        String text = optional(json, "created", 64);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            // Go's zero time, and what reproducible builds make of it, is no time at all.
            return time.getYear() < 1970 || time.getYear() > 9999 ? null : time.toInstant();
        } catch (DateTimeException e) {
            throw new BadRequestException("'created' must be a time, such as 2020-03-26T12:23:56Z.");
        }
    }

    /** Whatever is not a page of the web is left out: it would be a link that somebody clicks. */
    private static @Nullable String link(JsonNode json) {
        String text = optional(json, "hub_link", 2048);
        return text != null && text.matches("(?i)https?://[^\\s\"'<>\\\\]+") ? text : null;
    }

    private static Map<String, String> metadata(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return Map.of();
        }
        if (!json.isObject() || json.size() > MAX_METADATA) {
            throw new BadRequestException("'metadata' must be an object with at most " + MAX_METADATA + " names.");
        }
        Map<String, String> metadata = new TreeMap<>();
        json.propertyStream().forEach(one -> metadata.put(shown(one.getKey()), shown(one.getValue())));
        return metadata;
    }

    /** What is only shown is cut and cleaned rather than refused: a container's command may hold anything. */
    private static String shown(JsonNode value) {
        return shown(value.isString() ? value.stringValue() : value.toString());
    }

    private static String shown(String text) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cs}]", " ");
        return clean.length() <= MAX_SHOWN
                ? clean
                : clean.substring(0, MAX_SHOWN - 1).replaceAll("\\p{Cs}$", "") + "…";
    }
}
