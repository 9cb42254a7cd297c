package dev.pagurus.store.internal.changes;

import dev.pagurus.store.InvalidCursorException;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.spi.CollectionDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader of a feed is. As a text: a format number, a fingerprint of the feed's collections, what is below, and a CRC-32
 * against damage. Not signed: who forges one sees no more than any feed of these collections shows.
 *
 * @param engine the engine's position; while the state is shown, the one from before it
 * @param state the collection of the state that is shown, by its place in the feed; null behind the state
 * @param last the id of the last document of that collection that was shown; empty before the first
 */
record Position(String engine, @Nullable Integer state, String last) {

    private static final int FORMAT = 1;
    private static final int CHECKSUM_BYTES = 4;
    private static final int LONGEST = 16_000;

    /** Returns the position behind the state. */
    static Position behind(String engine) {
        return new Position(engine, null, "");
    }

    String text(List<CollectionDefinition> feed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(fingerprint(feed));
            out.writeShort(state == null ? -1 : state);
            out.writeUTF(last);
            out.writeUTF(engine);
            out.writeInt(checksum(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static Position of(String text, List<CollectionDefinition> feed) {
        byte[] bytes = bytesOf(text);
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < 1 || ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getInt() != checksum(Arrays.copyOf(bytes, end))) {
            throw damaged(null);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
            if (in.readByte() != FORMAT) {
                throw new PositionLostException("The position was made by another version of Pagurus. " + startAnew());
            }
            if (in.readInt() != fingerprint(feed)) {
                throw new PositionLostException("The position is of another feed than that of " + names(feed)
                        + ". Give it to the feed of the same collections, or start anew.");
            }
            int state = in.readShort();
            String last = in.readUTF();
            String engine = in.readUTF();
            if (state >= feed.size() || in.read() >= 0) {
                throw damaged(null);
            }
            return new Position(engine, state < 0 ? null : state, last);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static byte[] bytesOf(String text) {
        if (text.length() > LONGEST) {
            throw damaged(null);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            // The decoder ignores padding, and the bits of the last character that no byte needs.
            if (!text.equals(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
                throw damaged(null);
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private static int fingerprint(List<CollectionDefinition> feed) {
        return checksum(names(feed).getBytes(StandardCharsets.UTF_8));
    }

    static String names(List<CollectionDefinition> feed) {
        return String.join(
                ", ", feed.stream().map(one -> "'" + one.name() + "'").toList());
    }

    static String startAnew() {
        return "Start anew, usually with the state: feed.startWithState().";
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static InvalidCursorException damaged(@Nullable Throwable cause) {
        return new InvalidCursorException("The position of the feed is damaged. " + startAnew(), cause);
    }
}
