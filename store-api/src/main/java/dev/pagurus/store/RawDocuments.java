package dev.pagurus.store;

import java.util.Optional;

/**
 * The documents of a collection as the texts that are stored, whether the codec can read them or not: to look at a damaged one
 * and to mend it.
 *
 * <pre>{@code
 * RawDocuments raw = notes.raw();
 * Document<String> damaged = raw.get("n1").orElseThrow();
 * raw.replace(damaged.withValue(damaged.value().replace("\"due\":\"tomorow\"", "\"due\":null")));
 * }</pre>
 *
 * <p>The exceptions, threads and atomicity are those of the {@link DocumentCollection} that it comes from. What is not here needs
 * no value there: {@link DocumentCollection#delete(String) delete} takes away a damaged document too, and {@link
 * DocumentCollection#put put} overwrites it.
 */
public interface RawDocuments {

    /** Returns the document with this id as it is stored, byte for byte. */
    Optional<Document<String>> get(String id);

    /**
     * Overwrites a document's text if nobody has changed it since it was read. The text is kept byte for byte; the fields are
     * those of the value that it means, so that the document is found by what its text says from then on.
     *
     * <p>So it also mends the fields of a document whose text was changed by SQL: give the text that is there.
     *
     * <pre>{@code
     * raw.replace(raw.get("n1").orElseThrow());
     * }</pre>
     *
     * @throws InvalidValueException if the codec cannot decode the text, or it is over the limits of a body or a field; nothing
     *     was changed
     * @throws VersionConflictException if its version is another one by now, or it is gone
     */
    Document<String> replace(Document<String> changed);

    /**
     * Overwrites a document's text if it has this version.
     *
     * @throws InvalidValueException if the codec cannot decode the text, or it is over the limits of a body or a field; nothing
     *     was changed
     * @throws VersionConflictException if its version is another one, or there is no such document
     */
    Document<String> replace(String id, long version, String text);
}
