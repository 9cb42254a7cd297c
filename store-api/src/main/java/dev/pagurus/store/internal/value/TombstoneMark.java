package dev.pagurus.store.internal.value;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Tombstone;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.StoredDocument;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The document that keeps a tombstone, beside the marks of steps. Its id begins with a blank, which no step's name does. The
 * text stays as it is, for every later release reads it.
 */
public final class TombstoneMark {

    private static final String BEFORE_NAME = " collection ";

    private static final Pattern TEXT =
            Pattern.compile("(?:dropped|renamed to ([a-z][a-z0-9_]{0,39})), at revision ([0-9]{1,9})");

    private TombstoneMark() {}

    /** Returns the id of the document for a collection. */
    public static String id(String collection) {
        return BEFORE_NAME + collection;
    }

    /** Says whether a document of the marks keeps a tombstone. */
    public static boolean isOf(StoredDocument mark) {
        return mark.id().startsWith(BEFORE_NAME);
    }

    /**
     * Returns the body.
     *
     * @param newName null if the collection is dropped
     */
    public static String text(int revision, @Nullable String newName) {
        return (newName == null ? "dropped" : "renamed to " + newName) + ", at revision " + revision;
    }

    /** Returns the tombstone that a document keeps. */
    public static Tombstone of(StoredDocument stored) {
        String name = stored.id().substring(BEFORE_NAME.length());
        Matcher text = TEXT.matcher(stored.body());
        if (!text.matches()) {
            throw new SchemaException("What is left of the collection '" + name + "' in the collection '"
                    + StepMark.COLLECTION.name()
                    + "' cannot be read; it is of a newer version of Pagurus, or was damaged."
                    + " Nothing was changed. Use that version, or restore the document from a backup.");
        }
        return new Tombstone(name, Integer.parseInt(text.group(2)), text.group(1), Micros.toInstant(stored.version()));
    }
}
