package dev.pagurus.store.internal.value;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of a shape: each line once, in order, without white space around it and with nothing in it that cannot be
 * shown. So two that say the same are the same text, which every store keeps.
 */
public final class ShapeText {

    private ShapeText() {}

    /**
     * Asks a codec.
     *
     * @throws SchemaException if it fails, or gives more than {@link Schema#MAX_SHAPE_BYTES}
     */
    static @Nullable String of(String collection, Codec<?> codec) {
        String given;
        try {
            given = codec.shape();
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SchemaException(
                    "The codec of collection '" + collection + "' cannot say what shape it writes: "
                            + Mapping.cut(String.valueOf(e)) + " Mend its shape(), or let it return null.",
                    e);
        }
        if (given == null) {
            return null;
        }
        String shape = normal(given);
        int bytes = shape.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Schema.MAX_SHAPE_BYTES) {
            throw new SchemaException(
                    "The shape of collection '" + collection + "' has " + bytes
                            + " UTF-8 bytes, more than " + Schema.MAX_SHAPE_BYTES
                            + ": its type has too many properties in depth. Give it fewer, or a codec whose shape() says less.");
        }
        return shape;
    }

    /** Says whether a shape is one that a schema can have. */
    public static boolean isNormal(String shape) {
        return shape.length() <= Schema.MAX_SHAPE_BYTES
                && shape.getBytes(StandardCharsets.UTF_8).length <= Schema.MAX_SHAPE_BYTES
                && shape.equals(normal(shape));
    }

    private static String normal(String given) {
        Set<String> lines = new TreeSet<>();
        int begin = 0;
        while (begin <= given.length()) {
            int end = given.indexOf('\n', begin);
            end = end < 0 ? given.length() : end;
            String line = shown(given, begin, end).strip();
            if (!line.isEmpty()) {
                lines.add(line);
            }
            begin = end + 1;
        }
        return String.join("\n", lines);
    }

    private static String shown(String text, int begin, int end) {
        StringBuilder shown = new StringBuilder(end - begin);
        for (int i = begin; i < end; i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            switch (Character.getType(character)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> shown.append(' ');
                case Character.SURROGATE -> shown.append('\uFFFD');
                default -> shown.appendCodePoint(character);
            }
        }
        return shown.toString();
    }
}
