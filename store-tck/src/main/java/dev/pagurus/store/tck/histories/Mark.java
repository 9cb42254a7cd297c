package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Capability;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the parties of a history write.
 *
 * @param key the document's id, so that a filter can ask for it
 * @param stamp a number that is written once, and so says who wrote it
 * @param code no two may have the same, unless it is null
 */
public record Mark(
        String key,
        long stamp,
        @Nullable Long number,
        @Nullable String text,
        @Nullable Set<String> tags,
        @Nullable String code) {

    static final TextField<Mark> KEY = TextField.of("key", Mark::key);
    static final LongField<Mark> NUMBER = LongField.of("number", Mark::number);
    static final TextField<Mark> TEXT = TextField.of("text", Mark::text);
    static final ManyField<Mark> TAGS = ManyField.of("tags", Mark::tags);
    static final TextField<Mark> CODE = TextField.of("code", Mark::code);

    private static final int SHOWN = 12;

    /** Returns the schema of a collection for a store with these capabilities. */
    static Schema<Mark> schema(String collection, Set<Capability> capabilities) {
        Schema<Mark> schema = Schema.of(collection, Mark.class)
                .index(KEY)
                .index(NUMBER, TEXT)
                .index(TEXT)
                .index(TAGS);
        return capabilities.contains(Capability.UNIQUE_INDEXES) ? schema.uniqueIndex(CODE) : schema.index(CODE);
    }

    Mark at(String changed) {
        return new Mark(changed, stamp, number, text, tags, code);
    }

    Mark stamped(long changed) {
        return new Mark(key, changed, number, text, tags, code);
    }

    Mark withText(@Nullable String changed) {
        return new Mark(key, stamp, number, changed, tags, code);
    }

    Mark withTags(@Nullable Set<String> changed) {
        return new Mark(key, stamp, number, text, changed, code);
    }

    Mark withCode(@Nullable String changed) {
        return new Mark(key, stamp, number, text, tags, changed);
    }

    /** Without what is null. */
    @Override
    public String toString() {
        List<String> values = new ArrayList<>(List.of("#" + stamp));
        if (number != null) {
            values.add("number " + number);
        }
        if (text != null) {
            values.add("text " + text);
        }
        if (tags != null) {
            values.add("tags " + new TreeSet<>(tags));
        }
        if (code != null) {
            values.add("code " + code);
        }
        return String.join(", ", values);
    }

    /** Returns an id as a failure shows it: whole, or its length and its ends. */
    static String shown(String id) {
        return id.length() <= 3 * SHOWN
                ? "'" + id + "'"
                : "'" + id.substring(0, SHOWN) + "..." + id.substring(id.length() - SHOWN) + "' (" + id.length()
                        + " characters)";
    }
}
