package dev.pagurus.store.internal.value;

import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.spi.FieldKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What text may hold: no U+0000 and no unpaired surrogate, for not every engine keeps them; and so many UTF-8 bytes. */
public final class Texts {

    private Texts() {}

    public static String checkId(String collection, @Nullable String id) {
        if (id == null || id.isEmpty()) {
            throw new InvalidValueException("The id of a document in collection '" + collection + "' is "
                    + (id == null ? "null" : "empty") + "; an id has 1 to " + Schema.MAX_ID_BYTES + " UTF-8 bytes.");
        }
        check(id, Schema.MAX_ID_BYTES, "The id of a document in collection '" + collection + "'");
        return id;
    }

    /**
     * Refuses what is not allowed.
     *
     * @param what begins the message's sentence
     * @return how many UTF-8 bytes it has
     */
    public static long check(String text, long maxBytes, String what) {
        long bytes = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c == 0) {
                    throw new InvalidValueException(
                            what + " has the character U+0000 at index " + i + ", which not every database can store.");
                }
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else {
                if (!Character.isHighSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new InvalidValueException(what + " has an unpaired surrogate (U+"
                            + Integer.toHexString(c).toUpperCase(Locale.ROOT) + ") at index " + i
                            + "; it is not valid Unicode text.");
                }
                bytes += 4;
                i++;
            }
        }
        if (bytes > maxBytes) {
            throw new InvalidValueException(
                    what + " has " + bytes + " UTF-8 bytes, more than the " + maxBytes + " that are allowed.");
        }
        return bytes;
    }

    /**
     * Returns the least text that is greater, by code point, than every text with this prefix; null if there is none.
     */
    public static @Nullable String afterPrefix(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                // The surrogates are no characters: U+D7FF is followed by U+E000.
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return prefix.substring(0, end) + Character.toString(next);
            }
        }
        return null;
    }

    /** Compares by code point, where {@link String#compareTo} compares by UTF-16 unit. */
    public static int compare(String one, String other) {
        return FieldKind.compare(one, other);
    }
}
