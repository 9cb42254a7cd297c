package dev.pagurus.store.internal.query;

import dev.pagurus.store.InvalidCursorException;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Sort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes the position after a page as text and reads it back: a format number, a fingerprint of collection and order, the
 * values of the order's terms, and a CRC-32 against damage. Not signed: who forges one sees no more than a query of the
 * same order would show.
 */
public final class Cursors {

    private static final int FORMAT = 1;
    private static final int CHECKSUM_BYTES = 4;
    private static final int MAX_LENGTH = 1 << 20;

    private final CollectionDefinition collection;
    private final List<Sort> order;
    private final int fingerprint;

    public Cursors(CollectionDefinition collection, List<Sort> order) {
        this.collection = collection;
        this.order = order;
        StringBuilder meaning = new StringBuilder(collection.name());
        for (Sort sort : order) {
            meaning.append(sort.descending() ? '>' : '<')
                    .append(sort.field())
                    .append(' ')
                    .append(collection.kind(sort.field()));
        }
        this.fingerprint = checksum(meaning.toString().getBytes(StandardCharsets.UTF_8));
    }

    public String write(List<@Nullable Object> position) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(fingerprint);
            for (Object value : position) {
                writeValue(out, value);
            }
            out.writeInt(checksum(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    public List<@Nullable Object> read(String cursor) {
        byte[] bytes = bytesOf(cursor);
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < 1 || ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getInt() != checksum(Arrays.copyOf(bytes, end))) {
            throw damaged(null);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
            if (in.readByte() != FORMAT) {
                throw new InvalidCursorException(
                        "The cursor was made by another version of Pagurus. Start at the first page.");
            }
            if (in.readInt() != fingerprint) {
                throw new InvalidCursorException("The cursor belongs to another collection or another order than this"
                        + " query of collection '" + collection.name() + "'. Start at the first page.");
            }
            List<@Nullable Object> position = new ArrayList<>();
            for (Sort sort : order) {
                @Nullable Object value = readValue(in, collection.kind(sort.field()));
                if (!isPossible(sort.field(), value)) {
                    throw damaged(null);
                }
                position.add(value);
            }
            if (in.read() >= 0) {
                throw damaged(null);
            }
            return position;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static byte[] bytesOf(String cursor) {
        if (cursor.length() > MAX_LENGTH) {
            throw damaged(null);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            // The decoder ignores padding, and the bits of the last character that no byte needs.
            if (!cursor.equals(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
                throw damaged(null);
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private static void writeValue(DataOutputStream out, @Nullable Object value) throws IOException {
        out.writeBoolean(value != null);
        if (value instanceof String text) {
            out.writeUTF(text);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeDouble(number);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        }
    }

    private static @Nullable Object readValue(DataInputStream in, FieldKind kind) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        if (kind == FieldKind.LONG || kind == FieldKind.INSTANT) {
            return in.readLong();
        }
        if (kind == FieldKind.DOUBLE) {
            return in.readDouble();
        }
        return kind == FieldKind.BOOLEAN ? in.readBoolean() : in.readUTF();
    }

    /** Whether an engine may be given this: somebody may have computed the checksum anew. */
    private static boolean isPossible(String field, @Nullable Object value) {
        if (value == null) {
            return Mapping.isNullable(field);
        }
        if (value instanceof String text) {
            try {
                Texts.check(text, MAX_LENGTH, field);
            } catch (InvalidValueException e) {
                return false;
            }
        }
        return !value.equals(Double.NaN);
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static InvalidCursorException damaged(@Nullable Throwable cause) {
        return new InvalidCursorException(
                "The cursor is damaged or not a cursor at all. Give it back as Page.nextCursor() returned it, or start at"
                        + " the first page.",
                cause);
    }
}
