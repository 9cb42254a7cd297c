package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyResult;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a collection's documents in order of id, the same on every store.
 *
 * <p>First the definition's text without its shape, which may become known while no document changes. Of each document: id, version, creation time, body, and each field's value behind a byte
 * for what it is (0 null, 1 text, 2 integer, 3 real, 4 boolean, 5 set). Integers have 8 bytes, the first the highest, reals
 * are their IEEE 754 bits, texts are UTF-8 behind the number of their bytes, sets are the number of their texts and these in
 * order of code points.
 */
final class ContentHash {

    private static final byte NULL = 0;
    private static final byte TEXT = 1;
    private static final byte LONG = 2;
    private static final byte DOUBLE = 3;
    private static final byte BOOLEAN = 4;
    private static final byte SET = 5;

    private final CollectionDefinition collection;
    private final MessageDigest digest = sha256();
    private final byte[] number = new byte[Long.BYTES];
    private long documents;
    private long bytes;

    ContentHash(CollectionDefinition collection) {
        this.collection = collection;
        text(collection.withShape(null).text());
    }

    void addAll(List<StoredRow> rows) {
        rows.forEach(this::add);
    }

    private void add(StoredRow row) {
        StoredDocument document = row.document();
        text(document.id());
        number(document.version());
        number(document.createdAt());
        bytes += text(document.body());
        row.values().forEach(this::value);
        documents++;
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            digest.update(NULL);
        } else if (value instanceof String text) {
            digest.update(TEXT);
            text(text);
        } else if (value instanceof Long integer) {
            digest.update(LONG);
            number(integer);
        } else if (value instanceof Double real) {
            digest.update(DOUBLE);
            number(Double.doubleToLongBits(real));
        } else if (value instanceof Boolean bool) {
            digest.update(BOOLEAN);
            digest.update(bool ? (byte) 1 : 0);
        } else {
            List<String> texts = ((List<?>) value)
                    .stream().map(String::valueOf).sorted(Texts::compare).toList();
            digest.update(SET);
            number(texts.size());
            texts.forEach(this::text);
        }
    }

    private int text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        digest.update(utf8);
        return utf8.length;
    }

    private void number(long value) {
        ByteBuffer.wrap(number).putLong(value);
        digest.update(number);
    }

    long documents() {
        return documents;
    }

    long bytes() {
        return bytes;
    }

    /** Returns what was added; to be called once. */
    CopyResult.Collection result() {
        return new CopyResult.Collection(
                collection.name(),
                collection.revision(),
                documents,
                bytes,
                HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
