package dev.pagurus.store.tck.walk;

import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.SeenText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as a failure shows them: what is long by its ends and its length, and what cannot be seen by its number. */
final class Shown {

    private static final int MOST_ELEMENTS = 4;
    private static final int LONGEST_WORDS = 300;

    private Shown() {}

    static String of(@Nullable Object value) {
        if (value instanceof String text) {
            return SeenText.of(text);
        }
        if (value instanceof Collection<?> elements) {
            return elements(new ArrayList<>(elements));
        }
        if (value instanceof Item item) {
            return parts(item).entrySet().stream()
                    .map(part -> part.getKey() + "=" + of(part.getValue()))
                    .collect(Collectors.joining(", ", "Item{", "}"));
        }
        if (value instanceof Parts.Given given) {
            return of(given.id()) + ": " + of(given.item());
        }
        if (value instanceof Answer.Seen seen) {
            return of(seen.id()) + " of version " + version(seen.version()) + ", created " + time(seen.createdAt())
                    + ", " + of(seen.value());
        }
        if (value instanceof Answer.Pair pair) {
            return of(pair.key()) + ": " + of(pair.value());
        }
        if (value instanceof Answer.Asked asked) {
            return asked.question() + " -> " + of(asked.answer());
        }
        if (value instanceof Answer.Refused refused) {
            return refused.kind() + of(refused.details());
        }
        if (value instanceof Answer.Bulk bulk) {
            return bulk.written() + " written, " + bulk.skipped() + " skipped, " + bulk.failed() + " failed"
                    + (bulk.failures().isEmpty() ? "" : ": " + of(bulk.failures()));
        }
        return cut(String.valueOf(value));
    }

    /** Returns an item's values by name, without what is null. */
    static Map<String, Object> parts(Item item) {
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        parts.put("text", item.text());
        parts.put("number", item.number());
        parts.put("real", item.real());
        parts.put("flag", item.flag());
        parts.put("time", item.time());
        parts.put("color", item.color());
        parts.put("tags", item.tags());
        parts.put("code", item.code());
        parts.put("payload", item.payload());
        Map<String, Object> there = new LinkedHashMap<>();
        parts.forEach((name, value) -> {
            if (value != null) {
                there.put(name, value);
            }
        });
        return there;
    }

    /** Returns words of our own, or of an exception, or of a filter, which may hold long values. */
    static String cut(String words) {
        String seen = SeenText.plain(words);
        int length = seen.length();
        return length <= LONGEST_WORDS
                ? seen
                : seen.substring(0, LONGEST_WORDS / 2) + ".." + seen.substring(length - LONGEST_WORDS / 4) + " ("
                        + length + " characters)";
    }

    /** Returns a time as a walk counts it. */
    static String time(Instant instant) {
        Duration since = Duration.between(Walk.START, instant);
        return since.abs().toDays() > 1 ? instant.toString() : since.toMillis() + " ms";
    }

    private static String version(long version) {
        return time(Instant.ofEpochMilli(version));
    }

    private static String elements(List<?> elements) {
        int size = elements.size();
        String shown = elements.stream()
                .limit(size > MOST_ELEMENTS ? MOST_ELEMENTS / 2 : size)
                .map(Shown::of)
                .collect(Collectors.joining(", "));
        return size > MOST_ELEMENTS
                ? "[" + shown + ", .., " + of(elements.get(size - 1)) + "] (" + size + " in all)"
                : "[" + shown + "]";
    }
}
